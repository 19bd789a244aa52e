import { ValueError } from "../errors.js";
import type { Tensor } from "../op.js";
import { type Axes, type KeepDims, normalizeAxes } from "../shape.js";
import { countOver, requireFloat } from "./checks.js";

export function mean(x: Tensor, axes?: Axes, options: KeepDims = {}): Tensor {
  requireFloat("mean", x);
  const count = countOver("mean", x, axes);
  return x.sum(axes, options).div(count);
}

/** Two passes: the mean first, then the squared deviations from it. */
export function variance(
  x: Tensor,
  axes?: Axes,
  { correction = 1, ...options }: KeepDims & { readonly correction?: number } = {},
): Tensor {
  requireFloat("variance", x);
  const divisor = Math.max(0, countOver("variance", x, axes) - correction);
  const deviation = x.sub(mean(x, axes, { keepDims: true }));
  return deviation.square().sum(axes, options).div(divisor);
}

/** At the origin, where the norm has no derivative, its gradient is 0: the shortest subgradient. */
export function norm(
  x: Tensor,
  given?: Axes,
  { p = 2, ...options }: KeepDims & { readonly p?: number } = {},
): Tensor {
  requireFloat("norm", x);
  const axes = normalizeAxes("norm", given, x.rank);
  if (!(p >= 1)) {
    throw new ValueError("norm", `p = ${p} makes no norm`, { fix: "use p of at least 1" });
  }
  if (p === 1) return x.abs().sum(axes, options);
  if (p === Number.POSITIVE_INFINITY) return x.abs().max(axes, options);
  const powers = p === 2 ? x.square() : x.abs().pow(p);
  const total = powers.sum(axes, options);
  // The root is taken of 1 where the total is 0, so that its infinite slope there is never met.
  const isZero = total.eq(0);
  const safe = isZero.where(1, total);
  return isZero.where(0, p === 2 ? safe.sqrt() : safe.pow(1 / p));
}
