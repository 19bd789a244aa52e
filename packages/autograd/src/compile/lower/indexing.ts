import type { Tensor } from "../../op.js";
import type { Buffer } from "../buffer.js";
import { indexedKernel } from "../kernels/indexed.js";
import { bytesOf, collapse, dense } from "../layout.js";
import { fillNest } from "./copy.js";
import { guard } from "./guard.js";
import type { Operand, Target } from "./target.js";

interface AxisAttrs {
  readonly axis: number;
}

/** Takes elements, or rows where the index is the same along them, from where they are. */
export function lowerGather(node: Tensor, target: Target): void {
  const { axis } = node.attrs as AxisAttrs;
  const [x, index] = node.inputs.map((input) => target.operand(input));
  const out = { buffer: target.bufferOf(node), layout: dense(node.shape) };
  guard(node, target);
  indexed(node, { table: x!, index: index!, others: out }, axis, target);
}

/** The number that is known to be everywhere, as in the zeros that a gradient is added to. */
function repeated({ constant }: Buffer): number | undefined {
  const [number] = constant?.data ?? [];
  return constant?.data.every((own) => Object.is(own, number)) ? number : undefined;
}

/** Copies the input, and adds to the copy. */
export function lowerScatterAdd(node: Tensor, target: Target): void {
  const { axis } = node.attrs as AxisAttrs;
  const [x, index, source] = node.inputs.map((input) => target.operand(input));
  guard(node, target);
  if (node.size === 0) return;
  const out = { buffer: target.bufferOf(node), layout: dense(node.shape) };
  const number = repeated(x!.buffer);
  if (number === undefined) target.copy(x!, out.buffer);
  else target.nest(fillNest(out.buffer, number), "fill");
  if (node.inputs[1]!.size === 0) return;
  indexed(node, { table: out, index: index!, others: source! }, axis, target);
}

function indexed(
  node: Tensor,
  parts: { readonly table: Operand; readonly index: Operand; readonly others: Operand },
  axis: number,
  target: Target,
): void {
  const { dtype } = node;
  const adds = node.op.name === "scatterAdd";
  const operands = [parts.table, parts.index, parts.others];
  const { strides } = parts.table.layout;
  const walks = [strides.with(axis, 0), ...operands.slice(1).map(({ layout }) => layout.strides)];
  const loops = collapse(parts.index.layout.shape, walks);
  const changed = (adds ? parts.table : parts.others).buffer;
  target.tasks.push({
    kind: "kernel",
    title: node.op.name,
    reads: operands.flatMap(({ buffer }) => (buffer === changed && !adds ? [] : buffer)),
    writes: [changed],
    addresses: operands.map(({ buffer, layout }) => {
      return { buffer, bytes: layout.offset * bytesOf(buffer.spec) };
    }),
    flops: adds ? node.inputs[1]!.size : 0,
    generate: () => indexedKernel({ dtype, loops, step: strides[axis]!, adds }),
  });
}
