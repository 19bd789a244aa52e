import { expm1, expm1Scaled, expScaled } from "./exp.js";
import { div, type Lane, odd, polynomial, sub } from "./lane.js";
import { log1p } from "./log.js";

/*
 * From eᵃ − 1 and log(1 + a) with a = |x|, in forms that neither cancel nor overflow: fdlibm (Sun,
 * s_tanh.c, e_sinh.c, s_asinh.c, e_acosh.c, e_atanh.c), rearranged to call each only once.
 */
const limits = {
  /** tanh is 1 from `one` on; beyond `large`, x² + 1 = x² and x² does not overflow. */
  float64: { one: 22, large: 2 ** 60 },
  float32: { one: 10, large: 2 ** 30 },
};

/** The hyperbolic sine. */
export function sinh(x: Lane): Lane {
  const a = x.abs();
  const half = expm1Scaled(a, -1);
  const t = half.mul(2);
  const quotient = half.div(t.add(1));
  const far = t.lt(Infinity).where(half.add(quotient), half);
  return odd(x, a.lt(1).where(t.sub(t.mul(quotient)), far));
}

/** The hyperbolic cosine. */
export function cosh(x: Lane): Lane {
  const half = expScaled(x.abs(), -1);
  return half.add(div(0.25, half));
}

/** The hyperbolic secant 1 / cosh(x). */
export function sech(x: Lane): Lane {
  const twice = expScaled(x.abs().neg(), 1);
  return twice.div(twice.mul(twice).mul(0.25).add(1));
}

/** The hyperbolic tangent; ±1 exactly where it rounds to that. */
export function tanh(x: Lane): Lane {
  const a = x.abs();
  const y = x.dtype === "float32" ? tanh32(a) : tanh64(a);
  return odd(x, a.ge(limits[x.dtype].one).where(1, y));
}

function tanh64(a: Lane): Lane {
  const isLarge = a.ge(1);
  const t = expm1(a.mul(2));
  const quotient = isLarge.where(2, t).div(t.add(2));
  return isLarge.where(sub(1, quotient), quotient);
}

/**
 * A minimax polynomial up to 1 (scripts/special/fit-tanh.py), then 1 − 2q/(1 + q) with q = e⁻²ᵃ,
 * written with what the secant begins with: where both are asked for, they share the exponential.
 */
function tanh32(a: Lane): Lane {
  const square = a.mul(a);
  const near = a.add(a.mul(square).mul(polynomial(square, NEAR_TANH)));
  const twice = expScaled(a.neg(), 1);
  const decay = twice.mul(twice).mul(0.25);
  const far = sub(1, decay.mul(2).div(decay.add(1)));
  return a.lt(1).where(near, far);
}

const NEAR_TANH = [
  -0.33333295583724976, 0.13332344591617584, -0.05387980118393898, 0.021486656740307808,
  -0.007946106605231762, 0.0023013646714389324, -0.00035845203092321754,
];

/** The inverse hyperbolic sine. */
export function asinh(x: Lane): Lane {
  const a = x.abs();
  const isLarge = a.gt(limits[x.dtype].large);
  const square = a.mul(a);
  const t = a.add(square.div(square.add(1).sqrt().add(1)));
  const y = log1p(isLarge.where(a, t));
  return odd(x, isLarge.where(y.add(Math.LN2), y));
}

/** The inverse hyperbolic cosine, NaN below 1. */
export function acosh(x: Lane): Lane {
  const isLarge = x.gt(limits[x.dtype].large);
  const t = x.sub(1);
  const y = log1p(isLarge.where(x, t.add(t.mul(t).add(t.mul(2)).sqrt())));
  return x.lt(1).where(NaN, isLarge.where(y.add(Math.LN2), y));
}

/** The inverse hyperbolic tangent, NaN outside [−1, 1]. */
export function atanh(x: Lane): Lane {
  const a = x.abs();
  const twice = a.mul(2);
  const quotient = twice.div(sub(1, a));
  return odd(x, log1p(a.lt(0.5).where(twice.add(a.mul(quotient)), quotient)).mul(0.5));
}
