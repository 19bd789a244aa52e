import type { ReduceAttrs } from "../../families/reduction.js";
import type { Tensor } from "../../op.js";
import { integerProductKernel } from "../kernels/integer-product.js";
import { fillNest } from "./copy.js";
import { rowsOf } from "./rows.js";
import type { Target } from "./target.js";

/** Folds that are none of vectors: over nothing, and products of integers. */
export function lowerOtherFold(node: Tensor, target: Target): void {
  const { op, attrs, inputs } = node;
  const [x] = inputs;
  const out = target.bufferOf(node);
  if (x!.size === 0) {
    target.nest(fillNest(out, op.name === "prod" ? 1 : 0), "fill");
    return;
  }
  const { from, rows, row } = rowsOf(node, (attrs as ReduceAttrs).axes, target);
  target.tasks.push({
    kind: "kernel",
    title: op.name,
    reads: [from.buffer],
    writes: [out],
    addresses: [
      { buffer: out, bytes: 0 },
      { buffer: from.buffer, bytes: 4 * from.layout.offset },
    ],
    flops: x!.size,
    generate: () => integerProductKernel(rows, row),
  });
}
