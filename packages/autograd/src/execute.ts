import { rounded } from "./dtype.js";
import { NDArray, type Value } from "./ndarray.js";
import type { Op, Spec } from "./op.js";

/** The value as an array of the given dtype. */
export function asArray(value: Value, { dtype }: Spec): NDArray {
  if (value instanceof NDArray) return value;
  return NDArray.of(dtype, [], [value as number]);
}

/** An array as a value: a number if it is of rank 0. */
export const asValue = (array: NDArray): Value =>
  array.shape.length === 0 ? array.data[array.offset]! : array;

/** The op on numbers of this dtype, up to the rounding of its result. */
export const onNumbers = (op: Pick<Op, "scalar" | "single">, { dtype }: Pick<Spec, "dtype">) =>
  (dtype === "float32" ? op.single : undefined) ?? op.scalar;

/** Runs one op on values: the reference that every other executor is held against. */
export function execute<A>(
  op: Op<A>,
  inputs: readonly Spec[],
  values: readonly Value[],
  attrs: A,
  result: Spec,
): Value {
  const scalar = inputs[0] && onNumbers(op, inputs[0]);
  if (scalar && values.every((value) => typeof value === "number")) {
    const [a, b, c] = values as readonly number[];
    return rounded(result.dtype, scalar(a!, b!, c!));
  }
  if (op.tuple) return op.tuple.run(values, attrs);
  if (op.pick) return op.pick(values[0] as readonly Value[], attrs);
  const arrays = values.map((value, i) => asArray(value, inputs[i]!));
  if (op.view) return asValue(op.view(arrays[0]!, result.shape, attrs));
  const out = NDArray.empty(result.dtype, result.shape);
  op.forward(out, arrays, attrs);
  return asValue(out);
}
