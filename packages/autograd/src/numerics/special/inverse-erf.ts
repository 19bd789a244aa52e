import { erfResidual } from "./erf.js";
import { exp } from "./exp.js";
import { type Lane, odd, polynomial, sub } from "./lane.js";
import { log } from "./log.js";

/*
 * float64: √½ times the normal quantile of (1 + x) / 2 to seven digits, rational in x² near the
 * middle and in the root of −log of the tail's mass beyond: Wichura, "Algorithm AS 241: the
 * percentage points of the normal distribution", Applied Statistics 37, 1988 (PPND7). One step of
 * Halley's method cubes the error.
 */
const float64 = {
  central: {
    above: [3.3871327179, 5.0434271938e1, 1.5929113202e2, 5.910937472e1],
    below: [1, 1.7895169469e1, 7.8757757664e1, 6.71875636e1],
  },
  middle: {
    above: [1.4234372777, 2.75681539, 1.3067284816, 1.7023821103e-1],
    below: [1, 7.370016425e-1, 1.2021132975e-1],
  },
  tail: {
    above: [6.657905115, 3.081226386, 4.2868294337e-1, 1.7337203997e-2],
    below: [1, 2.4197894225e-1, 1.2258202635e-2],
  },
};

/*
 * float32: x times a polynomial in w = −log(1 − x²), or in its root: Giles, "Approximating the
 * erfinv function", GPU Computing Gems, Jade Edition, 2011.
 */
const float32 = {
  central: [
    1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087, -4.39150654e-6,
    -3.5233877e-6, 3.43273939e-7, 2.81022636e-8,
  ],
  tail: [
    2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773, -0.00367342844,
    0.00134934322, 0.000100950558, -0.000200214257,
  ],
};

const quotient = (x: Lane, { above, below }: { above: number[]; below: number[] }): Lane =>
  polynomial(x, above).div(polynomial(x, below));

function erfInv64(a: Lane): Lane {
  const { central, middle, tail } = float64;
  const inner = a.mul(0.5).mul(quotient(sub(0.180625, a.mul(a).mul(0.25)), central));
  const root = log(sub(1, a).mul(0.5)).neg().sqrt();
  const outer = root.le(5).where(quotient(root.sub(1.6), middle), quotient(root.sub(5), tail));
  const y = a.le(0.85).where(inner, outer).mul(Math.SQRT1_2);
  const slope = exp(y.mul(y)).mul(Math.sqrt(Math.PI) / 2);
  const step = erfResidual(a, y).mul(slope);
  return y.add(step.div(sub(1, y.mul(step))));
}

function erfInv32(a: Lane): Lane {
  const w = log(sub(1, a).mul(a.add(1))).neg();
  const inner = polynomial(w.sub(2.5), float32.central);
  const outer = polynomial(w.sqrt().sub(3), float32.tail);
  return a.mul(w.lt(5).where(inner, outer));
}

/** The inverse of the error function on [−1, 1]: what turns uniform numbers into normal ones. */
export function erfInv(x: Lane): Lane {
  const a = x.abs();
  const y = x.dtype === "float32" ? erfInv32(a) : erfInv64(a);
  return odd(x, a.eq(1).where(Infinity, y));
}
