import { type DType, type Operand, type Shape, type Tensor, tensor } from "../../src/index.js";

/** Numbers in row-major order with a shape: what references compute with, no tensor in sight. */
export interface Plain {
  readonly shape: Shape;
  readonly data: readonly number[];
}

export function plainOf(operand: Operand): Plain {
  const node = operand.asTensor();
  return { shape: node.shape, data: [...node.toTypedArray()] };
}

export const tensorOf = ({ shape, data }: Plain, dtype: DType = "float64"): Tensor =>
  tensor(data, { shape, dtype });

/** Every index of a shape, in row-major order. */
export function indicesOf(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (all, side) => all.flatMap((index) => Array.from({ length: side }, (_, i) => [...index, i])),
    [[]],
  );
}

/** The array of `shape` whose element at each index is what `element` says. */
export const build = (shape: Shape, element: (index: readonly number[]) => number): Plain => ({
  shape,
  data: indicesOf(shape).map(element),
});

/** The element at an index; sides of 1 and missing leading axes repeat. */
export function at({ shape, data }: Plain, index: readonly number[]): number {
  const own = index.slice(index.length - shape.length);
  const place = shape.reduce((sum, side, axis) => sum * side + (side === 1 ? 0 : own[axis]!), 0);
  return data[place]!;
}

/** A function of numbers as one of arrays that broadcast. */
export function elementwise(f: (...x: number[]) => number): (...x: Plain[]) => Plain {
  return (...x) => {
    const rank = Math.max(...x.map(({ shape }) => shape.length));
    const shape = Array.from({ length: rank }, (_, axis) => {
      const sides = x.map((array) => array.shape[axis - rank + array.shape.length] ?? 1);
      return sides.find((side) => side !== 1) ?? 1;
    });
    return build(shape, (index) => f(...x.map((array) => at(array, index))));
  };
}

/** Folds lists of elements along some axes (sorted, not negative) into one number each. */
export function fold(
  x: Plain,
  axes: readonly number[],
  f: (list: readonly number[]) => number,
): Plain {
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  return build(
    kept.map((axis) => x.shape[axis]!),
    (index) => f(alongAxes(x, axes, kept, index)),
  );
}

function alongAxes(
  x: Plain,
  axes: readonly number[],
  kept: readonly number[],
  index: readonly number[],
): number[] {
  return indicesOf(axes.map((axis) => x.shape[axis]!)).map((folded) => {
    const place = x.shape.map((_, axis) =>
      axes.includes(axis) ? folded[axes.indexOf(axis)]! : index[kept.indexOf(axis)]!,
    );
    return at(x, place);
  });
}

/** The sum with a running correction (Neumaier): exact to the last places at these lengths. */
export function exactSum(list: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const x of list) {
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}
