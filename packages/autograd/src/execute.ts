import { rounded } from "./dtype.js";
import { NDArray } from "./ndarray.js";
import type { Op, Spec } from "./op.js";

/** What a node holds when it has run: a number for rank 0, an array for the rest. */
export type Value = number | NDArray;

/** The value as an array of the given dtype. */
export const asArray = (value: Value, { dtype }: Spec): NDArray =>
  typeof value === "number" ? NDArray.of(dtype, [], [value]) : value;

/** An array as a value: a number if it is of rank 0. */
export const asValue = (array: NDArray): Value =>
  array.shape.length === 0 ? array.data[array.offset]! : array;

/** Runs one op on values: the reference that every other executor is held against. */
export function execute<A>(
  op: Op<A>,
  inputs: readonly Spec[],
  values: readonly Value[],
  attrs: A,
  result: Spec,
): Value {
  if (op.scalar && values.every((value) => typeof value === "number")) {
    const [a, b, c] = values as readonly number[];
    return rounded(result.dtype, op.scalar(a!, b!, c!));
  }
  const arrays = values.map((value, i) => asArray(value, inputs[i]!));
  if (op.view) return asValue(op.view(arrays[0]!, result.shape, attrs));
  const out = NDArray.empty(result.dtype, result.shape);
  op.forward(out, arrays, attrs);
  return asValue(out);
}
