import { div, type Lane, odd, polynomial, sub } from "./lane.js";

/*
 * asin and acos: a rational minimax form in x² up to ½ and, beyond, in (1 − |x|) / 2, with the
 * square root as a sum of two numbers: fdlibm (Sun, e_asin.c, e_acos.c), float32 as in FreeBSD's
 * msun. atan: up to tan(π/8) a rational form (float32: a polynomial), up to 1 by the addition
 * theorem, beyond by 1/x: Cephes (Moshier, atan.c, atanf.c).
 */
const constants = {
  float64: {
    halfPi: { high: 1.5707963267948966, low: 6.123233995736766e-17 },
    asin: [
      0.16666666666666666, -0.3255658186224009, 0.20121253213486293, -0.04005553450067941,
      0.0007915349942898145, 3.479331075960212e-5,
    ],
    asinBelow: [
      1, -2.403394911734414, 2.0209457602335057, -0.6882839716054533, 0.07703815055590194,
    ],
    atan: [
      -64.85021904942025, -122.88666844901361, -75.00855792314705, -16.157537187333652,
      -0.8750608600031904,
    ],
    atanBelow: [
      194.5506571482614, 485.3903996359137, 432.88106049129027, 165.02700983169885,
      24.858464901423062, 1,
    ],
    turnAt: 0.66,
  },
  float32: {
    halfPi: { high: 1.5707963705062866, low: -4.3711390001862426e-8 },
    asin: [1.6666586697e-1, -4.2743422091e-2, -8.656363003e-3],
    asinBelow: [1, -7.066296339e-1],
    atan: [-3.33329491539e-1, 1.99777106478e-1, -1.38776856032e-1, 8.05374449538e-2],
    atanBelow: [1],
    turnAt: 0.414213562373095,
  },
};

/** What asin and acos are made of: up to ½ of x itself, beyond of the root of (1 − |x|) / 2. */
function arc(x: Lane) {
  const { asin, asinBelow } = constants[x.dtype];
  const a = x.abs();
  const isSmall = a.lt(0.5);
  const square = isSmall.where(x.mul(x), sub(1, a).mul(0.5));
  const ratio = square.mul(polynomial(square, asin)).div(polynomial(square, asinBelow));
  const root = square.sqrt();
  const high = root.high();
  const low = square.sub(high.mul(high)).div(root.add(high));
  return { a, isSmall, ratio, root, high, low: square.eq(0).where(square, low) };
}

/** The inverse sine, NaN outside [−1, 1]. */
export function asin(x: Lane): Lane {
  const { high: halfPi, low: halfPiLow } = constants[x.dtype].halfPi;
  const { a, isSmall, ratio, root, high, low } = arc(x);
  const p = root
    .mul(2)
    .mul(ratio)
    .sub(sub(halfPiLow, low.mul(2)));
  const q = sub(halfPi / 2, high.mul(2));
  const large = sub(halfPi / 2, p.sub(q));
  return isSmall.where(x.add(x.mul(ratio)), odd(x, a.eq(1).where(halfPi, large)));
}

/** The inverse cosine, NaN outside [−1, 1]. */
export function acos(x: Lane): Lane {
  const { high: halfPi, low: halfPiLow } = constants[x.dtype].halfPi;
  const { isSmall, ratio, root, high, low } = arc(x);
  const middle = sub(halfPi, x.sub(sub(halfPiLow, x.mul(ratio))));
  const right = high.add(ratio.mul(root).add(low)).mul(2);
  const left = sub(2 * halfPi, root.add(ratio.mul(root).sub(halfPiLow)).mul(2));
  return isSmall.where(middle, x.lt(0).where(left, right));
}

/** The inverse tangent of a number between 0 and 1. */
function atanWithin(x: Lane): Lane {
  const { atan, atanBelow, turnAt, halfPi } = constants[x.dtype];
  const isTurned = x.gt(turnAt);
  const t = isTurned.where(x.sub(1).div(x.add(1)), x);
  const square = t.mul(t);
  const above = square.mul(polynomial(square, atan));
  const ratio = atanBelow.length === 1 ? above : above.div(polynomial(square, atanBelow));
  const y = t.mul(ratio);
  const turned = y
    .add(halfPi.low / 2)
    .add(t)
    .add(halfPi.high / 2);
  return isTurned.where(turned, t.add(y));
}

/** π/2 − x. */
function complement(x: Lane): Lane {
  const { high, low } = constants[x.dtype].halfPi;
  return sub(high, x.sub(low));
}

/** The inverse tangent. */
export function atan(x: Lane): Lane {
  const a = x.abs();
  const isLarge = a.gt(1);
  const y = atanWithin(isLarge.where(div(1, a), a));
  return odd(x, isLarge.where(complement(y), y));
}

/** The angle of the point (x, y) with the positive x axis, between −π and π. */
export function atan2(y: Lane, x: Lane): Lane {
  const { high, low } = constants[x.dtype].halfPi;
  const [a, b] = [y.abs(), x.abs()];
  const isSteep = a.gt(b);
  const [near, far] = [isSteep.where(b, a), isSteep.where(a, b)];
  const ratio = far.eq(0).where(near, near.eq(far).where(1, near.div(far)));
  const first = atanWithin(ratio);

  const isLeft = x.isNegative();
  const [plus, minus] = [first, first.neg()];
  const rest = isLeft.where(isSteep.where(plus, minus), isSteep.where(minus, plus));
  const quarters = isSteep.where(x.constant(1), isLeft.where(x.constant(2), 0));
  const angle = rest.add(quarters.mul(low)).add(quarters.mul(high));
  return y.isNegative().where(angle.neg(), angle);
}
