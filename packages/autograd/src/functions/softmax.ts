import type { Tensor } from "../op.js";
import { type Axes, type KeepDims, normalizeAxis } from "../shape.js";
import { countOver, requireFloat } from "./checks.js";

export function logSumExp(x: Tensor, axes?: Axes, options: KeepDims = {}): Tensor {
  requireFloat("logSumExp", x);
  if (countOver("logSumExp", x, axes) === 0) return x.exp().sum(axes, options).log();
  const largest = x.max(axes, { keepDims: true }).stopGradient();
  const shift = largest.abs().lt(Number.POSITIVE_INFINITY).where(largest, 0);
  const total = x.sub(shift).exp().sum(axes, options).log();
  return total.add(shift.reshape(total.shape));
}

export function softmax(x: Tensor, axis = -1): Tensor {
  const place = rowAxis("softmax", x, axis);
  if (x.size === 0) return x;
  const exponentials = x.sub(largestAlong(x, place)).exp();
  return exponentials.div(exponentials.sum(place, { keepDims: true }));
}

export function logSoftmax(x: Tensor, axis = -1): Tensor {
  const place = rowAxis("logSoftmax", x, axis);
  if (x.size === 0) return x;
  const shifted = x.sub(largestAlong(x, place));
  return shifted.sub(shifted.exp().sum(place, { keepDims: true }).log());
}

/** The maximum along the axis, to be subtracted; the result does not depend on it. */
const largestAlong = (x: Tensor, axis: number): Tensor =>
  x.max(axis, { keepDims: true }).stopGradient();

function rowAxis(op: string, x: Tensor, axis: number): number {
  requireFloat(op, x);
  return normalizeAxis(op, axis, x.rank);
}
