import { angleWithin, quarterTurns } from "./angle.js";
import { div, type Lane, type Mask, odd, polynomial, sub } from "./lane.js";

/*
 * x = n·π/2 + r with n an integer and |r| ≤ π/4, then a minimax polynomial in r² for sin r and
 * one for cos r: fdlibm (Sun, k_sin.c, k_cos.c), in float32 Cephes (Moshier, sinf.c). π/2 is a
 * sum of numbers, of which n times all but the last is exact (Cody and Waite).
 */
const constants = {
  float64: {
    halfPi: [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21],
    /** From here on the products are not exact; below n times this, r keeps too few digits. */
    limit: 2 ** 20,
    unsafe: 2 ** -60,
    sin: [
      -0.16666666666666632, 0.00833333333332249, -0.0001984126982985795, 2.7557313707070068e-6,
      -2.5050760253406863e-8, 1.58969099521155e-10,
    ],
    cos: [
      0.0416666666666666, -0.001388888888887411, 2.480158728947673e-5, -2.7557314351390663e-7,
      2.087572321298175e-9, -1.1359647557788195e-11,
    ],
    tan: [
      0.3333333333333341, 0.13333333333320124, 0.05396825397622605, 0.021869488294859542,
      0.0088632398235993, 0.0035920791075913124, 0.0014562094543252903, 0.0005880412408202641,
      0.0002464631348184699, 7.817944429395571e-5, 7.140724913826082e-5, -1.8558637485527546e-5,
      2.590730518636337e-5,
    ],
  },
  float32: {
    halfPi: [1.5703125, 0.0004837512969970703, 7.549533620476723e-8, 2.563344151594519e-12],
    limit: 2 ** 13,
    unsafe: 2 ** -32,
    sin: [-1.6666654611e-1, 8.3321608736e-3, -1.9515295891e-4],
    cos: [0.04166664568298827, -0.001388731625493765, 2.443315711809948e-5],
    tan: [
      3.33331568548e-1, 1.33387994085e-1, 5.34112807005e-2, 2.44301354525e-2, 3.11992232697e-3,
      9.38540185543e-3,
    ],
  },
};

/** What π/4 has beyond a float64. */
const QUARTER_PI_LOW = 3.061616997868383e-17;

/**
 * The quarter turns in x, modulo 4, and the angle that is left. A large x, or one so close to a
 * multiple of π/2 that too few digits remain, leaves the vector for exact arithmetic.
 */
function reduce(x: Lane) {
  const { halfPi, limit, unsafe } = constants[x.dtype];
  const n = x.mul(2 / Math.PI).nearest();
  const parts = halfPi.map((part) => n.mul(part));
  const [c, tail] = parts.slice(-2) as [Lane, Lane];
  const a = parts.slice(0, -2).reduce((rest, part) => rest.sub(part), x);
  // b + lost = a − c, without error (Knuth's two-sum).
  const b = a.sub(c);
  const back = a.sub(b);
  const lost = a.sub(b.add(back)).add(back.sub(c));
  const r = b.add(lost.sub(tail));
  const isLarge = x.abs().ge(limit);
  const isHard = isLarge.or(r.abs().lt(n.abs().mul(unsafe)));
  const turns = n.sub(n.mul(0.25).floor().mul(4));
  return {
    turns: isHard.where(x.perLane(quarterTurns), turns),
    r: isHard.where(x.perLane(angleWithin), r),
  };
}

const sinOf = (r: Lane, square: Lane): Lane =>
  r.add(square.mul(r).mul(polynomial(square, constants[r.dtype].sin)));

function cosOf(r: Lane, square: Lane): Lane {
  const half = square.mul(0.5);
  const main = sub(1, half);
  const lost = sub(1, main).sub(half);
  const rest = square.mul(square).mul(polynomial(square, constants[r.dtype].cos));
  return main.add(lost.add(rest));
}

function sineAndCosine(x: Lane) {
  const { turns, r } = reduce(x);
  const square = r.mul(r);
  return { turns, sine: sinOf(r, square), cosine: cosOf(r, square) };
}

const isOdd = (turns: Lane): Mask => turns.eq(1).or(turns.eq(3));

/** The sine of an angle in radians, of any size. */
export function sin(x: Lane): Lane {
  const { turns, sine, cosine } = sineAndCosine(x);
  const y = isOdd(turns).where(cosine, sine);
  return x.eq(0).where(x, turns.ge(2).where(y.neg(), y));
}

/** The cosine of an angle in radians, of any size. */
export function cos(x: Lane): Lane {
  const { turns, sine, cosine } = sineAndCosine(x);
  const y = isOdd(turns).where(sine, cosine);
  return turns.eq(1).or(turns.eq(2)).where(y.neg(), y);
}

/** The tangent of an angle in radians, of any size. */
export function tan(x: Lane): Lane {
  const { turns, r } = reduce(x);
  const y = x.dtype === "float32" ? tan32(r, isOdd(turns)) : tan64(r, isOdd(turns));
  return x.eq(0).where(x, y);
}

/** r³·(c₀ + …), without the leading r. */
function tanRest(r: Lane): Lane {
  const square = r.mul(r);
  return square.mul(r).mul(polynomial(square, constants[r.dtype].tan));
}

function tan32(r: Lane, isTurned: Mask): Lane {
  const y = r.add(tanRest(r));
  return isTurned.where(div(-1, y), y);
}

/** The larger angles by way of π/4 − r; the reciprocal with what the rounding of y leaves. */
function tan64(r: Lane, isTurned: Mask): Lane {
  const isFar = r.abs().gt(0.6744);
  const t = isFar.where(sub(Math.PI / 4, r.abs()).add(QUARTER_PI_LOW), r);
  const rest = tanRest(t);
  const y = t.add(rest);
  const sign = isTurned.where(y.constant(-1), 1);
  const ratio = isFar.where(y.mul(y), -1).div(isFar.where(y.add(sign), y));
  const far = sign.sub(t.sub(ratio.sub(rest)).mul(2));

  const high = y.high();
  const low = rest.sub(high.sub(t));
  const reciprocal = ratio.high();
  const error = reciprocal.mul(high).add(1).add(reciprocal.mul(low));
  const near = isTurned.where(reciprocal.add(ratio.mul(error)), y);
  return isFar.where(odd(r, far), near);
}
