import { type DType, isFloat } from "../dtype.js";
import { DTypeError, ValueError } from "../errors.js";
import { parseLiteral } from "../literal.js";
import { Recorder, type TensorLike } from "../methods/recorder.js";
import type { Spec, Tensor } from "../op.js";
import { type Axes, normalizeAxes, sizeOf } from "../shape.js";

/** How many elements are folded into one over the axes. */
export const countOver = (op: string, x: Spec, axes: Axes | undefined): number =>
  sizeOf(normalizeAxes(op, axes, x.shape.length).map((axis) => x.shape[axis]!));

/** Refuses integers and bools, which a mean or a root would leave. */
export function requireFloat(op: string, x: Spec): void {
  if (isFloat(x.dtype)) return;
  throw new DTypeError(op, `expected float32 or float64, got ${x.dtype}`, {
    shapes: [x.shape],
    fix: 'convert with .cast("float32")',
  });
}

/** Refuses fractions and numbers below the least. */
export function requireInteger(
  op: string,
  name: string,
  value: number,
  least = Number.NEGATIVE_INFINITY,
): void {
  if (Number.isInteger(value) && value >= least) return;
  const wanted =
    least === Number.NEGATIVE_INFINITY ? "an integer" : `an integer of at least ${least}`;
  throw new ValueError(op, `${name} is ${value}`, { fix: `give ${wanted}` });
}

/** What a user gave as an operand, as a node: a literal adopts the dtype. */
export function nodeOf(
  op: string,
  like: TensorLike,
  beside: Tensor,
  dtype: DType = beside.dtype,
): Tensor {
  if (like instanceof Recorder) return like.asTensor();
  const { data, shape } = parseLiteral(like, { dtype }, op);
  return beside.constantLike(data, { shape, dtype });
}
