import { analytic } from "../families/elementwise.js";
import { erf as special } from "../numerics/special/printed/erf.js";

/** The error function, 2/√π times the integral of exp(−t²) from 0 to x. */
export const erf = analytic({
  name: "erf",
  formula: { forward: "y = erf(x)", vjp: ["x̄ = ȳ·(2/√π)·exp(−x²)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI))],
});
