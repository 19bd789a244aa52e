import { exp, expScaled } from "./exp.js";
import { div, type Lane, type Mask, odd, polynomial, sub } from "./lane.js";

/*
 * erf(x) = x + x·R(x²) for small x, a rational form around 1, and erfc(a) = exp(−a² + …) / a
 * beyond, with a² exact in two parts: fdlibm (Sun, s_erf.c).
 */
const near = {
  end: 0.84375,
  above: [
    0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442,
    -2.3763016656650163e-5,
  ],
  below: [
    1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164,
    -3.960228278775368e-6,
  ],
};

/** Around 1: erfc(1 + s) = 1 − c − above(s) / below(s). */
const middle = {
  end: 1.25,
  c: 0.8450629115104675,
  above: [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175,
    -0.11089469428239668, 0.035478304325618236, -0.002166375594868791,
  ],
  below: [
    1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164,
    0.01363708391202905, 0.011984499846799107,
  ],
};

/** erfc(a) = exp(−a² − 0.5625 + above(1/a²) / below(1/a²)) / a, from 1.25 and from 1/0.35 on. */
const far = {
  start: 1 / 0.35,
  first: {
    above: [
      -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006,
      -162.39666946257347, -184.60509290671104, -81.2874355063066, -9.814329344169145,
    ],
    below: [
      1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679,
      429.00814002756783, 108.63500554177944, 6.570249770319282, -0.0604244152148581,
    ],
  },
  second: {
    above: [
      -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192,
      -637.5664433683896, -1025.0951316110772, -483.5191916086514,
    ],
    below: [
      1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955,
      2553.0504064331644, 474.52854120695537, -22.44095244658582,
    ],
  },
};

const quotient = (x: Lane, { above, below }: { above: number[]; below: number[] }): Lane =>
  polynomial(x, above).div(polynomial(x, below));

const isNear = (x: Lane): Mask => x.abs().lt(near.end);

/** erf(x) − x for a small x. */
const erfRest = (x: Lane): Lane => x.mul(quotient(x.mul(x), near));

/** exp(−a² − 0.5625 + tail). */
function gaussian(a: Lane, tail: Lane): Lane {
  const high = a.high();
  const square = high.mul(high);
  const main = sub(-0.5625, square);
  const lost = sub(-0.5625, main.add(square));
  const rest = high.sub(a).mul(high.add(a)).add(lost);
  return expScaled(main, 0, rest.add(tail));
}

/** erfc(a) for an a that is not small. */
function erfcFar(a: Lane): Lane {
  const around = sub(1 - middle.c, quotient(a.sub(1), middle));
  const inverse = div(1, a.mul(a));
  const { start, first, second } = far;
  const tail = a.lt(start).where(quotient(inverse, first), quotient(inverse, second));
  const y = gaussian(a, tail).div(a);
  return a.lt(middle.end).where(around, a.gt(28).where(0, y));
}

/** The error function 2/√π ∫₀ˣ exp(−t²) dt. */
export function erf(x: Lane): Lane {
  if (x.dtype === "float32") return erf32(x);
  const far = sub(1, erfcFar(x.abs()));
  return isNear(x).where(x.add(erfRest(x)), odd(x, far));
}

/** 1 − erf(x), with all its digits where that is small. */
export function erfc(x: Lane): Lane {
  const rest = erfRest(x);
  const left = sub(1, x.add(rest));
  const right = sub(0.5, rest.add(x.sub(0.5)));
  const far = erfcFar(x.abs());
  return isNear(x).where(x.lt(0.25).where(left, right), x.lt(0).where(sub(2, far), far));
}

/** a − erf(y), for an a between 0 and 1 and a y near erf⁻¹(a): from erfc where a is above ½. */
export function erfResidual(a: Lane, y: Lane): Lane {
  const rest = erfRest(y);
  const complement = isNear(y).where(sub(0.5, rest.add(y.sub(0.5))), erfcFar(y));
  return a.lt(0.5).where(a.sub(y.add(rest)), complement.sub(sub(1, a)));
}

/*
 * erf in float32 with half the work, since 1 − erfc(a) forgives errors of erfc: Cephes (Moshier,
 * ndtrf.c). erf(x) = x + x·P(x²) up to 1; erfc(a) = exp(−a²) / a · P(1/a²) beyond, and from 2 on.
 */
const single = {
  near: [
    0.12837916572671, -0.37612625824233, 0.1128358514861418, -0.02685381193529856,
    0.005188327685732524, -0.0008010193625184903, 7.853861353153693e-5,
  ],
  first: [
    0.5638259427386472, -0.2741127028184656, 0.3404879937665872, -0.4944515323274145,
    0.6210004621745983, -0.5824733027278666, 0.3687424674597105, -0.1387039388740657,
    0.02326819970068386,
  ],
  second: [
    0.5641895067754075, -0.2820767439740514, 0.4218463358204948, -1.0152652792027,
    2.921019019210786, -7.495518717768503, 12.97719955372516, -10.47766399936249,
  ],
};

function erf32(x: Lane): Lane {
  const a = x.abs();
  const square = x.mul(x);
  const near = x.add(x.mul(polynomial(square, single.near)));
  const inverse = div(1, square);
  const p = a.lt(2).where(polynomial(inverse, single.first), polynomial(inverse, single.second));
  const far = sub(1, exp(square.neg()).div(a).mul(p));
  return a.lt(1).where(near, odd(x, a.ge(4).where(1, far)));
}
