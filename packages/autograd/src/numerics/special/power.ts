import { scale } from "./exp.js";
import { div, type Lane, type Mask, polynomial, sub } from "./lane.js";
import { split } from "./log.js";

/*
 * xʸ = 2^(y·log₂ x), log₂ x and the product each a sum of two numbers: fdlibm (Sun, e_pow.c),
 * float32 as in FreeBSD's msun (e_powf.c). The logarithm is taken around 1 or 3/2: with
 * s = (m − c) / (m + c) it is 2/(3 ln 2)·(3s + s³ + …) + log₂ c.
 */
const constants = {
  float64: {
    /** log₂ 1.5, 2/(3 ln 2) and ln 2, each as a sum. */
    log1_5: { high: 0.5849624872207642, low: 1.350039202129749e-8 },
    factor: { all: 0.9617966939259756, high: 0.9617967009544373 },
    factorLow: -7.028461650952758e-9,
    ln2: { all: Math.LN2, high: 0.6931471824645996, low: -1.904654299957768e-9 },
    series: [
      0.5999999999999946, 0.4285714285785502, 0.33333332981837743, 0.272728123808534,
      0.23066074577556175, 0.20697501780033842,
    ],
    exp: [
      0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6,
      4.1381367970572385e-8,
    ],
    limits: { y: 2 ** 66, infinite: 1025, zero: -1076 },
  },
  float32: {
    log1_5: { high: 5.84960938e-1, low: 1.56322085e-6 },
    factor: { all: 9.6179670095e-1, high: 9.619140625e-1 },
    factorLow: -1.1736857402e-4,
    ln2: { all: Math.LN2, high: 6.93145752e-1, low: 1.42860654e-6 },
    series: [3 / 5, 3 / 7, 3 / 9],
    exp: [1.666662544e-1, -2.7667332906e-3],
    limits: { y: 2 ** 40, infinite: 129, zero: -151 },
  },
};

/** log₂ of a positive number as high + low, the high part short enough for exact products. */
function logBase2(x: Lane) {
  const { log1_5, factor, factorLow, series } = constants[x.dtype];
  const { n: exponent, s: significand } = split(x);
  const isLow = significand.lt(Math.sqrt(0.75));
  const isMiddle = isLow.or(significand.gt(Math.sqrt(1.5)));
  const m = isLow.where(significand.mul(2), significand);
  const n = isLow.where(exponent.sub(1), exponent);
  const c = isMiddle.where(x.constant(1.5), 1);

  const above = m.sub(c);
  const below = m.add(c);
  const inverse = div(1, below);
  const s = above.mul(inverse);
  const sHigh = s.high();
  const belowHigh = below.high();
  const belowLow = m.sub(belowHigh.sub(c));
  const sLow = inverse.mul(above.sub(sHigh.mul(belowHigh)).sub(sHigh.mul(belowLow)));

  const square = s.mul(s);
  const rest = square
    .mul(square)
    .mul(polynomial(square, series))
    .add(sLow.mul(sHigh.add(s)));
  const squareHigh = sHigh.mul(sHigh);
  const sumHigh = squareHigh.add(3).add(rest).high();
  const sumLow = rest.sub(sumHigh.sub(3).sub(squareHigh));
  const u = sHigh.mul(sumHigh);
  const v = sLow.mul(sumHigh).add(sumLow.mul(s));
  const pHigh = u.add(v).high();
  const pLow = v.sub(pHigh.sub(u));

  const zHigh = pHigh.mul(factor.high);
  const logLow = isMiddle.where(x.constant(log1_5.low), 0);
  const logHigh = isMiddle.where(x.constant(log1_5.high), 0);
  const zLow = pHigh.mul(factorLow).add(pLow.mul(factor.all)).add(logLow);
  const high = zHigh.add(zLow).add(logHigh).add(n).high();
  return { high, low: zLow.sub(high.sub(n).sub(logHigh).sub(zHigh)) };
}

/** 2^(high + low). */
function powerOfTwo(high: Lane, low: Lane): Lane {
  const { ln2, exp, limits } = constants[high.dtype];
  const sum = low.add(high);
  const n = sum.nearest();
  const rest = high.sub(n);
  const t = low.add(rest).high();
  const u = t.mul(ln2.high);
  const v = low.sub(t.sub(rest)).mul(ln2.all).add(t.mul(ln2.low));
  const z = u.add(v);
  const w = v.sub(z.sub(u));
  const square = z.mul(z);
  const c = z.sub(square.mul(polynomial(square, exp)));
  const r = z
    .mul(c)
    .div(c.sub(2))
    .sub(w.add(z.mul(w)));
  const y = sub(1, r.sub(z));
  const result = scale(y, n);
  return sum.gt(limits.infinite).where(Infinity, sum.lt(limits.zero).where(0, result));
}

const isInteger = (x: Lane): Mask => x.floor().eq(x);

/** xʸ as IEEE 754 has it: x⁰ = 1 and 1ʸ = 1 always; a negative base needs an integer exponent. */
export function pow(x: Lane, y: Lane): Lane {
  const { limits } = constants[x.dtype];
  const a = x.abs();
  const grows = y.gt(0);
  const bound = grows.where(y.constant(limits.y), -limits.y);
  const bounded = y.abs().gt(limits.y).where(bound, y);
  const { high, low } = logBase2(a);
  const yHigh = bounded.high();
  const productLow = bounded.sub(yHigh).mul(high).add(bounded.mul(low));
  const finite = powerOfTwo(yHigh.mul(high), productLow);

  const ofZero = grows.where(x.constant(0), Infinity);
  const ofInfinity = grows.where(x.constant(Infinity), 0);
  const size = a.eq(0).where(ofZero, a.eq(Infinity).where(ofInfinity, finite));
  const isOdd = isInteger(y).and(isInteger(y.mul(0.5)).not());
  const signed = x.isNegative().and(isOdd).where(size.neg(), size);
  const isReal = x.ge(0).or(x.lt(0).and(isInteger(y).or(a.eq(Infinity))));
  const isNumber = isReal.and(y.le(Infinity));
  return x.eq(1).or(y.eq(0)).where(1, isNumber.where(signed, NaN));
}
