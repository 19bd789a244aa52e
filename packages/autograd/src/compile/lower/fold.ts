import type { ReduceAttrs } from "../../families/reduction.js";
import type { Tensor } from "../../op.js";
import { sizeOf, stridesOf } from "../../shape.js";
import type { FoldKind, Stage } from "../fuse/nest.js";
import { type Columns, columnsKernel } from "../kernels/columns.js";
import { Expression } from "../lanes/expression.js";
import { bytesOf, collapse } from "../layout.js";
import { lowerOtherFold } from "./other-folds.js";
import { foldedLast, RESULT, ROW, rowNest } from "./rows.js";
import { isFoldable } from "./table.js";
import type { Target } from "./target.js";

/** A fold over axes that are no rows of its input: the elements are laid out so that they are. */
export function lowerFold(node: Tensor, target: Target): void {
  if (!isFoldable(node)) {
    lowerOtherFold(node, target);
    return;
  }
  const { axes } = node.attrs as ReduceAttrs;
  if (lowerColumns(node, axes, target)) return;
  const { dtype, op, inputs } = node;
  const [of, result] = [Expression.input(dtype, 0), Expression.input(dtype, 1)];
  const walk: Stage = {
    loads: [{ access: ROW, input: of }],
    folds: [{ kind: op.name as FoldKind, dtype, of, result }],
    stores: [],
    rowStores: [{ access: RESULT, value: result }],
  };
  target.nest(rowNest(node, axes, [walk], target), op.name, inputs[0]!.size);
}

/** Folds whole vectors, if neighbours in memory are neighbours in the result; else says no. */
function lowerColumns(node: Tensor, axes: readonly number[], target: Target): boolean {
  const { from, kept } = foldedLast(node, axes, target);
  const { shape, strides, offset } = from.layout;
  const outer = collapse(shape.slice(0, kept), [strides.slice(0, kept), stridesOf(node.shape)]);
  const [fold, ...more] = collapse(shape.slice(kept), [strides.slice(kept)]);
  const row = outer.pop();
  if (!row || !fold || more.length > 0 || row.strides.some((stride) => stride !== 1)) return false;
  const { dtype } = node;
  const columns: Columns = {
    kind: node.op.name as FoldKind,
    dtype,
    outer,
    fold: { side: fold.side, stride: fold.strides[0]! },
    columns: row.side,
  };
  const out = target.bufferOf(node);
  target.tasks.push({
    kind: "kernel",
    title: node.op.name,
    reads: [from.buffer],
    writes: [out],
    addresses: [
      { buffer: out, bytes: 0 },
      { buffer: from.buffer, bytes: offset * bytesOf(node) },
    ],
    flops: sizeOf(shape),
    key: JSON.stringify(columns),
    generate: (generation) => columnsKernel(columns, generation),
  });
  return true;
}
