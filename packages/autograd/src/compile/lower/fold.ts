import type { ReduceAttrs } from "../../families/reduction.js";
import type { Tensor } from "../../op.js";
import { sizeOf } from "../../shape.js";
import type { Target } from "./target.js";
import type { FoldKind, Nest } from "../fuse/nest.js";
import { Expression } from "../lanes/expression.js";
import { collapse, dense, type Layout } from "../layout.js";
import { Buffer } from "../program.js";
import { lowerHost } from "./host.js";
import { isFoldable } from "./table.js";

/** A fold over axes that are no rows of its input: the elements are laid out so that they are. */
export function lowerFold(node: Tensor, target: Target): void {
  const [x] = node.inputs;
  if (!isFoldable(node) || sizeOf(x!.shape) === 0) return lowerHost(node, target);
  const { axes } = node.attrs as ReduceAttrs;
  const kept = x!.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  let { buffer, layout } = target.operand(x!);
  layout = permuted(layout, [...kept, ...axes]);
  const strides = layout.strides.slice(kept.length);
  if (collapse(layout.shape.slice(kept.length), [strides]).length > 1) {
    buffer = target.copy({ buffer, layout }, new Buffer({ shape: layout.shape, dtype: x!.dtype }));
    layout = dense(layout.shape);
  }
  target.nest(foldNest(node, { buffer, layout }, kept.length, target), node.op.name, x!.size);
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
