import { type Lane, polynomial, sub } from "./lane.js";

/*
 * x = 2ⁿ·(1 + f) with √½ < 1 + f < √2, and log(1 + f) from a minimax polynomial in s² with
 * s = f / (2 + f): fdlibm (Sun, e_log.c, s_log1p.c); float32 as in FreeBSD's msun. ln 2 and
 * log₂ e are two numbers, of which n times the first is exact.
 */
const constants = {
  float64: {
    smallest: 2 ** -1022,
    lift: 54,
    ln2: { high: 0.6931471803691238, low: 1.9082149292705877e-10 },
    log2E: { high: 1.4426950407214463, low: 1.6751713164886512e-10 },
    series: [
      0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784,
      0.1818357216161805, 0.15313837699209373, 0.14798198605116586,
    ],
  },
  float32: {
    smallest: 2 ** -126,
    lift: 25,
    ln2: { high: 6.9313812256e-1, low: 9.0580006145e-6 },
    log2E: { high: 1.4428710938, low: -1.7605285393e-4 },
    series: [0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841],
  },
};

/** n and s in x = s·2ⁿ, for any positive number. */
export function split(x: Lane) {
  const { smallest, lift } = constants[x.dtype];
  const isSubnormal = x.lt(smallest);
  const normal = isSubnormal.where(x.mul(2 ** lift), x);
  const exponent = normal.exponent();
  return { n: isSubnormal.where(exponent.sub(lift), exponent), s: normal.significand() };
}

/** log(1 + f) = f − (half − s): half f² and the rest of the series. */
function series(f: Lane) {
  const half = f.mul(f).mul(0.5);
  const s = f.div(f.add(2));
  const square = s.mul(s);
  const sum = square.mul(polynomial(square, constants[f.dtype].series));
  return { half, s: s.mul(half.add(sum)) };
}

/** `y` for positive x; −∞ at 0, NaN below, ∞ at ∞. */
const onPositive = (x: Lane, y: Lane): Lane =>
  x.gt(0).where(x.lt(Infinity).where(y, x), x.eq(0).where(x.constant(-Infinity), NaN));

/** log of x, plus a tail that is small beside it. */
function logOf(x: Lane, tail?: Lane): Lane {
  const { ln2 } = constants[x.dtype];
  const { n, s: significand } = split(x);
  const f = significand.sub(1);
  const { half, s } = series(f);
  const low = n.mul(ln2.low);
  const rest = half.sub(s.add(tail ? low.add(tail) : low)).sub(f);
  return n.mul(ln2.high).sub(rest);
}

/** The natural logarithm, within 1 ulp. */
export const log = (x: Lane): Lane => onPositive(x, logOf(x));

/** log(1 + x), accurate near 0: what 1 + x loses by rounding comes back as a tail. */
export function log1p(x: Lane): Lane {
  const u = x.add(1);
  const back = u.sub(1);
  const lost = sub(1, u.sub(back)).add(x.sub(back));
  return x.eq(0).where(x, onPositive(u, logOf(u, lost.div(u))));
}

/** The logarithm to base 2, within 1 ulp; exact for powers of 2. */
export function log2(x: Lane): Lane {
  const { log2E } = constants[x.dtype];
  const { n, s: significand } = split(x);
  const f = significand.sub(1);
  const { half, s } = series(f);
  const high = f.sub(half).high();
  const low = f.sub(high).sub(half).add(s);
  const main = high.mul(log2E.high);
  const rest = low.add(high).mul(log2E.low).add(low.mul(log2E.high));
  const sum = n.add(main);
  return onPositive(x, rest.add(n.sub(sum).add(main)).add(sum));
}
