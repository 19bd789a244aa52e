import type { Tensor } from "../../op.js";
import { stridesOf } from "../../shape.js";
import type { Nest, Stage } from "../fuse/nest.js";
import { collapse, dense, type LoopAxis } from "../layout.js";
import { Buffer, POSITIONS } from "../program.js";
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
  const [x] = node.inputs;
  const kept = x!.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const operand = permuted(target.operand(x!), [...kept, ...axes]);
  const from = inRows(operand, kept.length, target);
  const { shape, strides } = from.layout;
  const out = stridesOf(node.shape);
  const rows = collapse(shape.slice(0, kept.length), [out, strides.slice(0, kept.length)]);
  const along = strides.slice(kept.length);
  const [row] = collapse(shape.slice(kept.length), [along.map(() => 0), along]);
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

function permuted({ buffer, layout }: Operand, order: readonly number[]): Operand {
  const { shape, strides, offset } = layout;
  return {
    buffer,
    layout: {
      shape: order.map((axis) => shape[axis]!),
      strides: order.map((axis) => strides[axis]!),
      offset,
    },
  };
}

/** The same elements, copied if the axes after the kept ones are not one in steps. */
function inRows(from: Operand, kept: number, target: Target): Operand {
  const { shape, strides } = from.layout;
  if (collapse(shape.slice(kept), [strides.slice(kept)]).length <= 1) return from;
  const copy = target.copy(from, new Buffer({ ...from.buffer.spec, shape }));
  return { buffer: copy, layout: dense(shape) };
}
