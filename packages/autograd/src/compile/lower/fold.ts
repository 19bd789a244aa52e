import type { ReduceAttrs } from "../../families/reduction.js";
import type { Tensor } from "../../op.js";
import { sizeOf, stridesOf } from "../../shape.js";
import type { FoldKind, Nest } from "../fuse/nest.js";
import { type Columns, columnsKernel } from "../kernels/columns.js";
import { Expression } from "../lanes/expression.js";
import { bytesOf, collapse, dense, type Layout } from "../layout.js";
import { Buffer } from "../program.js";
import { lowerOtherFold } from "./other-folds.js";
import { isFoldable } from "./table.js";
import type { Operand, Target } from "./target.js";

/** A fold over axes that are no rows of its input: the elements are laid out so that they are. */
export function lowerFold(node: Tensor, target: Target): void {
  const [x] = node.inputs;
  if (!isFoldable(node)) return lowerOtherFold(node, target);
  const { axes } = node.attrs as ReduceAttrs;
  const kept = x!.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  let { buffer, layout } = target.operand(x!);
  layout = permuted(layout, [...kept, ...axes]);
  if (lowerColumns(node, { buffer, layout }, kept.length, target)) return;
  const strides = layout.strides.slice(kept.length);
  if (collapse(layout.shape.slice(kept.length), [strides]).length > 1) {
    buffer = target.copy({ buffer, layout }, new Buffer({ shape: layout.shape, dtype: x!.dtype }));
    layout = dense(layout.shape);
  }
  target.nest(foldNest(node, { buffer, layout }, kept.length, target), node.op.name, x!.size);
}

/** Folds whole vectors, if neighbours in memory are neighbours in the result; else says no. */
function lowerColumns(node: Tensor, from: Operand, kept: number, target: Target): boolean {
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

function foldNest(
  node: Tensor,
  { buffer, layout }: { buffer: Buffer; layout: Layout },
  kept: number,
  target: Target,
): Nest {
  const { shape, strides, offset } = layout;
  const out = dense(node.shape);
  const rows = collapse(shape.slice(0, kept), [strides.slice(0, kept), out.strides]);
  const [row = { side: 1, strides: [0] }] = collapse(shape.slice(kept), [strides.slice(kept)]);
  const of = Expression.input(node.dtype, 0);
  const result = Expression.input(node.dtype, 1);
  const stride = (i: number) => rows.map(({ strides }) => strides[i]!);
  return {
    lanes: node.dtype === "float64" ? 2 : 4,
    sides: [...rows.map(({ side }) => side), row.side],
    accesses: [
      { buffer, offset, strides: [...stride(0), row.strides[0]!] },
      { buffer: target.bufferOf(node), offset: 0, strides: [...stride(1), 0] },
    ],
    rowLoads: [],
    stages: [
      {
        loads: [{ access: 0, input: of }],
        folds: [{ kind: node.op.name as FoldKind, dtype: node.dtype, of, result }],
        stores: [],
        rowStores: [{ access: 1, value: result }],
      },
    ],
  };
}

const permuted = ({ shape, strides, offset }: Layout, order: readonly number[]): Layout => ({
  shape: order.map((axis) => shape[axis]!),
  strides: order.map((axis) => strides[axis]!),
  offset,
});
