import type { DType, Shape } from "../../../src/index.js";
import { at, build, type Plain } from "../plain.js";

/** What the interpreter computes with: plain numbers with a shape and a dtype. */
export interface Value extends Plain {
  readonly dtype: Exclude<DType, "float32">;
}

export const asValue = ({ shape, data }: Plain, dtype: Value["dtype"] = "float64"): Value => ({
  shape,
  data,
  dtype,
});

export const sizeOf = (shape: Shape): number => shape.reduce((product, side) => product * side, 1);

/** What the interpreter says to what the library must refuse as well. */
export function refuse(when: boolean, why: string): void {
  if (when) throw new RangeError(why);
}

/** The shape that several broadcast to, axes aligned at the last. */
export function broadcast(...shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sides = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const wide = sides.filter((side) => side !== 1);
    refuse(new Set(wide).size > 1, `sides ${wide} do not broadcast`);
    return wide[0] ?? 1;
  });
}

export const fits = (from: Shape, to: Shape): boolean => {
  try {
    return String(broadcast(from, to)) === String(to);
  } catch {
    return false;
  }
};

/** A function of numbers, element by element; what broadcasts is repeated. */
export function pointwise(
  x: readonly Value[],
  f: (...x: number[]) => number,
  dtype: Value["dtype"],
): Value {
  const shape = broadcast(...x.map((value) => value.shape));
  return asValue(
    build(shape, (index) => f(...x.map((value) => at(value, index)))),
    dtype,
  );
}

/** Elements of x in other places: where each one of the result comes from, or what stands there. */
export const moved = (
  x: Value,
  shape: Shape,
  source: (index: readonly number[]) => readonly number[] | number,
): Value =>
  asValue(
    build(shape, (index) => {
      const from = source(index);
      return typeof from === "number" ? from : at(x, from);
    }),
    x.dtype,
  );

/** Lists along an axis become lists of another length. */
export function rows(
  x: Value,
  axis: number,
  f: (row: readonly number[]) => readonly number[],
  length = x.shape[axis]!,
  dtype = x.dtype,
): Value {
  const along = Array.from({ length: x.shape[axis]! }, (_, i) => i);
  const known = new Map<string, readonly number[]>();
  const rowAt = (index: readonly number[]) => {
    const key = String(index.with(axis, 0));
    const found = known.get(key) ?? f(along.map((i) => at(x, index.with(axis, i))));
    known.set(key, found);
    return found;
  };
  return asValue(
    build(x.shape.with(axis, length), (index) => rowAt(index)[index[axis]!]!),
    dtype,
  );
}
