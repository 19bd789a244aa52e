import { analytic } from "../families/elementwise.js";
import { erfc as special } from "../numerics/special/printed/erfc.js";

/** 1 − erf(x), accurate where erf is near 1. */
export const erfc = analytic({
  name: "erfc",
  formula: { forward: "y = 1 − erf(x)", vjp: ["x̄ = −ȳ·(2/√π)·exp(−x²)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.mul(x.square().neg().exp()).mul(-2 / Math.sqrt(Math.PI))],
});
