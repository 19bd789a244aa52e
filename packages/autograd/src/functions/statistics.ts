import { ValueError } from "../errors.js";
import type { Tensor } from "../op.js";
import { type Axes, type KeepDims, normalizeAxes } from "../shape.js";
import { warnOnce } from "../warnings.js";
import { countOver, requireFloat } from "./checks.js";

export function mean(x: Tensor, axes?: Axes, options: KeepDims = {}): Tensor {
  requireFloat("mean", x);
  const count = countOver("mean", x, axes);
  return x.sum(axes, options).div(count);
}

interface SpreadOptions extends KeepDims {
  readonly correction?: number;
}

export const variance = (x: Tensor, axes?: Axes, options: SpreadOptions = {}): Tensor =>
  spread("variance", x, axes, options);

export const std = (x: Tensor, axes?: Axes, options: SpreadOptions = {}): Tensor =>
  root(spread("std", x, axes, options));

/** Two passes: the mean first, then the squared deviations from it. */
function spread(
  op: string,
  x: Tensor,
  axes: Axes | undefined,
  { correction = 1, ...options }: SpreadOptions,
): Tensor {
  requireFloat(op, x);
  const count = countOver(op, x, axes);
  if (count <= correction) {
    const problem = `the count ${count} less the correction ${correction} leaves the divisor 0`;
    warnOnce(op, problem, "give more elements, or a smaller correction");
  }
  const deviation = x.sub(mean(x, axes, { keepDims: true }));
  const divisor = Math.max(0, count - correction);
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
  return root(total, p);
}

/** The root, with the slope 0 at 0. */
function root(x: Tensor, p = 2): Tensor {
  // It is taken of 1 where x is 0, so that its infinite slope there is never met.
  const isZero = x.eq(0);
  const safe = isZero.where(1, x);
  return isZero.where(0, p === 2 ? safe.sqrt() : safe.pow(1 / p));
}

export const any = (x: Tensor, axes?: Axes, options: KeepDims = {}): Tensor =>
  x
    .ne(0)
    .cast("int32")
    .sum(normalizeAxes("any", axes, x.rank), options)
    .gt(0);

export const all = (x: Tensor, axes?: Axes, options: KeepDims = {}): Tensor =>
  x
    .eq(0)
    .cast("int32")
    .sum(normalizeAxes("all", axes, x.rank), options)
    .eq(0);
