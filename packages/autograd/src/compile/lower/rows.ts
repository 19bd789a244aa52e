import type { Tensor } from "../../op.js";
import { stridesOf } from "../../shape.js";
import { Buffer, POSITIONS } from "../buffer.js";
import type { Nest, Stage } from "../fuse/nest.js";
import { collapse, dense, type LoopAxis } from "../layout.js";
import type { Operand, Target } from "./target.js";

/** What the stages of such a nest read and write. */
export const [RESULT, ROW, PLACES] = [0, 1, 2] as const;

/** The rows of an input, which lie along some of its axes, and one element for each. */
interface Rows {
  readonly from: Operand;
  /** Loops over the rows, with the strides of the result and of the input. */
  readonly rows: readonly LoopAxis[];
  readonly row: LoopAxis;
}

/** Lays the input of a node out in rows along the given axes; it is copied if it has to be. */
export function rowsOf(node: Tensor, axes: readonly number[], target: Target): Rows {
  const folded = foldedLast(node, axes, target);
  const { kept } = folded;
  const from = inRows(folded.from, kept, target);
  const { shape, strides } = from.layout;
  const rows = collapse(shape.slice(0, kept), [stridesOf(node.shape), strides.slice(0, kept)]);
  const along = strides.slice(kept);
  const [row] = collapse(shape.slice(kept), [along.map(() => 0), along]);
  return { from, rows, row: row ?? { side: 1, strides: [0, 0] } };
}

/**
 * The nest that makes one element out of each row. Its accesses are the result, the row, and the
 * places in the row.
 */
export function rowNest(
  node: Tensor,
  axes: readonly number[],
  stages: readonly Stage[],
  target: Target,
): Nest {
  const { from, rows, row } = rowsOf(node, axes, target);
  const loops = [...rows, row];
  const strides = (i: number) => loops.map(({ strides }) => strides[i]!);
  return {
    lanes: from.buffer.spec.dtype === "float64" ? 2 : 4,
    sides: loops.map(({ side }) => side),
    accesses: [
      { buffer: target.bufferOf(node), offset: 0, strides: strides(RESULT) },
      { buffer: from.buffer, offset: from.layout.offset, strides: strides(ROW) },
      { buffer: POSITIONS, offset: 0, strides: loops.map((axis) => Number(axis === row)) },
    ],
    rowLoads: [],
    stages,
  };
}

/** The input of a node with the given axes last, and how many there are before them. */
export function foldedLast(
  { inputs: [x] }: Tensor,
  axes: readonly number[],
  target: Target,
): { readonly from: Operand; readonly kept: number } {
  const kept = x!.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const order = [...kept, ...axes];
  const { buffer, layout } = target.operand(x!);
  const { shape, strides, offset } = layout;
  const own = {
    shape: order.map((axis) => shape[axis]!),
    strides: order.map((axis) => strides[axis]!),
    offset,
  };
  return { from: { buffer, layout: own }, kept: kept.length };
}

/** The same elements, copied if the axes after the kept ones are not one in steps. */
function inRows(from: Operand, kept: number, target: Target): Operand {
  const { shape, strides } = from.layout;
  if (collapse(shape.slice(kept), [strides.slice(kept)]).length <= 1) return from;
  const copy = target.copy(from, new Buffer({ ...from.buffer.spec, shape }));
  return { buffer: copy, layout: dense(shape) };
}
