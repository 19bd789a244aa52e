import { NDArray } from "../ndarray.js";
import type { Spec, Tensor } from "../op.js";
import { reshape } from "../ops/reshape.js";
import { type Shape, sameShape, sizeOf, stridesOf } from "../shape.js";

/** How the elements of a buffer are walked: in elements, as in an NDArray, but without data. */
export interface Layout {
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** All elements in row-major order. */
export const dense = (shape: Shape): Layout => ({ shape, strides: stridesOf(shape), offset: 0 });

export const sameLayout = (a: Layout, b: Layout): boolean =>
  a === b ||
  (a.offset === b.offset && sameShape(a.shape, b.shape) && sameShape(a.strides, b.strides));

/** Whether the layout is all of a buffer of `size` elements, in order. */
export const isDense = ({ shape, strides, offset }: Layout, size: number): boolean =>
  offset === 0 && sizeOf(shape) === size && new NDArray(NONE, "bool", shape, strides).isDense;

const NONE = new Uint8Array(0);

/**
 * What a movement makes of a layout: the op's own view, of no elements. Null where the elements
 * have to be copied first, as for the reshape of a transpose.
 */
export function viewed(node: Tensor, layout: Layout): Layout | null {
  const { op, attrs, spec } = node;
  if (op === reshape) return reshaped(layout, spec.shape);
  if (!op.view) return layout;
  const { shape, strides, offset } = layout;
  const view = op.view(new NDArray(NONE, "bool", shape, strides, offset), spec.shape, attrs);
  return { shape: view.shape, strides: view.strides, offset: view.offset };
}

/** The layout under another shape of the same size, or null if strides cannot say it. */
function reshaped({ shape, strides, offset }: Layout, to: Shape): Layout | null {
  if (sizeOf(to) === 0) return { ...dense(to), offset };
  const common = refine(shape, to);
  if (!common) {
    // Not nested in each other: only a run of equal steps has any shape.
    const axes = collapse(shape, [strides]);
    if (axes.length > 1) return null;
    const step = axes[0]?.strides[0] ?? 0;
    return { shape: to, strides: stridesOf(to).map((stride) => stride * step), offset };
  }
  const fine = split(shape, strides, common);
  // Fine axes inside one axis of `to` must follow each other evenly.
  const merged: number[] = [];
  let at = common.length - 1;
  for (let axis = to.length - 1; axis >= 0; axis--) {
    if (to[axis] === 1) {
      merged.unshift(0);
      continue;
    }
    const stride = fine[at]!;
    let covered = 1;
    let expected = stride;
    while (covered < to[axis]!) {
      if (common[at] !== 1) {
        if (fine[at] !== expected) return null;
        covered *= common[at]!;
        expected = fine[at]! * common[at]!;
      }
      at--;
    }
    merged.unshift(stride);
  }
  return { shape: to, strides: merged, offset };
}

/**
 * The coarsest shape of which both are groupings of neighbouring axes, without axes of side 1; null
 * if there is none ([4, 6] and [6, 4]).
 */
export function refine(a: Shape, b: Shape): Shape | null {
  const sides: number[] = [];
  let [i, j] = [a.length - 1, b.length - 1];
  let [x, y] = [1, 1];
  for (;;) {
    while (x === 1 && i >= 0) x = a[i--]!;
    while (y === 1 && j >= 0) y = b[j--]!;
    if (x === 1 && y === 1) return sides.reverse();
    const side = Math.min(x, y);
    if (x % side !== 0 || y % side !== 0 || side === 1) return null;
    sides.push(side);
    x /= side;
    y /= side;
  }
}

/** The strides of a layout on a finer shape. */
export function split(shape: Shape, strides: readonly number[], fine: Shape): number[] {
  const result = new Array<number>(fine.length).fill(0);
  let at = fine.length - 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    let covered = 1;
    while (covered < shape[axis]!) {
      result[at] = strides[axis]! * covered;
      covered *= fine[at--]!;
    }
  }
  return result;
}

/** One loop of a nest: how often it runs, and how far each array moves. */
export interface LoopAxis {
  readonly side: number;
  readonly strides: readonly number[];
}

/**
 * As few loops as walk all arrays of a shape: neighbouring axes over which every array moves evenly
 * become one, axes of side 1 none.
 */
export function collapse(shape: Shape, arrays: readonly (readonly number[])[]): LoopAxis[] {
  const axes: LoopAxis[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const side = shape[axis]!;
    if (side === 1) continue;
    const strides = arrays.map((array) => array[axis]!);
    const inner = axes[0];
    if (inner && strides.every((stride, i) => stride === inner.strides[i]! * inner.side)) {
      axes[0] = { side: side * inner.side, strides: inner.strides };
    } else axes.unshift({ side, strides });
  }
  return axes;
}

/** The size of an element in memory, in bytes. */
export const bytesOf = ({ dtype }: Pick<Spec, "dtype">): number =>
  dtype === "float64" ? 8 : dtype === "bool" ? 1 : 4;
