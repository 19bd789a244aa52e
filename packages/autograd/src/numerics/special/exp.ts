import { type Lane, polynomial, sub } from "./lane.js";

/*
 * exp(x) = 2ⁿ·exp(r) with n the integer nearest to x/ln 2, so that |r| ≤ ln(2)/2, and a minimax
 * polynomial for the rational form of the rest: fdlibm (Sun, e_exp.c and s_expm1.c); float32 as
 * in FreeBSD's msun. ln 2 is two numbers, of which n times the first is exact.
 */
const constants = {
  float64: {
    ln2: { high: 0.6931471803691238, low: 1.9082149292705877e-10 },
    exp: [
      0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6,
      4.1381367970572385e-8,
    ],
    expm1: [
      1, -0.03333333333333313, 0.0015873015872548146, -7.93650757867488e-5, 4.008217827329362e-6,
      -2.0109921818362437e-7,
    ],
    /** From here on exp is infinite, 0, and expm1 is −1; 2ⁿ dwarfs 1 after so many doublings. */
    limits: { infinite: 711, zero: -746, minusOne: -38, dwarfed: 60 },
  },
  float32: {
    ln2: { high: 6.9314575195e-1, low: 1.4286067653e-6 },
    exp: [1.666662544e-1, -2.7667332906e-3],
    expm1: [1, -3.3333212137e-2, 1.5807170421e-3],
    limits: { infinite: 90, zero: -104, minusOne: -18, dwarfed: 30 },
  },
};

/** x·2ⁿ in two steps, since 2ⁿ itself may be out of range: rounds once at most. */
export function scale(x: Lane, n: Lane): Lane {
  const half = n.mul(0.5).floor();
  return x.mul(half.powerOfTwo()).mul(n.sub(half).powerOfTwo());
}

/** x + tail = n·ln 2 + (high − low). */
function reduce(x: Lane, tail?: Lane) {
  const { ln2 } = constants[x.dtype];
  const n = (tail ? x.add(tail) : x).mul(Math.LOG2E).nearest();
  const low = n.mul(ln2.low);
  return { n, high: x.sub(n.mul(ln2.high)), low: tail ? low.sub(tail) : low };
}

/** 2ᵏ·exp(x + tail): the tail is what did not fit into x. */
export function expScaled(x: Lane, k: number, tail?: Lane): Lane {
  const { exp, limits } = constants[x.dtype];
  const { n, high, low } = reduce(x, tail);
  const r = high.sub(low);
  const square = r.mul(r);
  const c = r.sub(square.mul(polynomial(square, exp)));
  const fraction = r.mul(c).div(sub(2, c));
  const y = sub(1, low.sub(fraction).sub(high));
  const result = scale(y, k === 0 ? n : n.add(k));
  return x.gt(limits.infinite).where(Infinity, x.lt(limits.zero).where(0, result));
}

/** eˣ, within 1 ulp. */
export const exp = (x: Lane): Lane => expScaled(x, 0);

/** 2ᵏ·(eˣ − 1), accurate near 0. */
export function expm1Scaled(x: Lane, k: number): Lane {
  const { expm1, limits } = constants[x.dtype];
  const { n, high, low } = reduce(x);
  const r = high.sub(low);
  const tail = high.sub(r).sub(low);
  const half = r.mul(0.5);
  const square = r.mul(half);
  const p = polynomial(square, expm1);
  const t = sub(3, p.mul(half));
  const fraction = square.mul(p.sub(t).div(sub(6, r.mul(t))));
  const correction = r.mul(fraction.sub(tail)).sub(tail).sub(square);
  // 2ⁿ·(r − correction + (1 − 2⁻ⁿ)), the sum with what its rounding leaves.
  const one = n.gt(limits.dwarfed).where(1, sub(1, n.neg().powerOfTwo()));
  const sum = one.add(r);
  const rest = r.sub(sum.sub(one));
  const y = sum.sub(correction.sub(rest));
  const result = scale(y, k === 0 ? n : n.add(k));
  const bounded = x.lt(limits.minusOne).where(-(2 ** k), result);
  return x.eq(0).where(x, x.gt(limits.infinite).where(Infinity, bounded));
}

/** eˣ − 1, within 1 ulp. */
export const expm1 = (x: Lane): Lane => expm1Scaled(x, 0);
