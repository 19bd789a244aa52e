import { analytic } from "../families/elementwise.js";
import { expm1 as special } from "../numerics/special/printed/expm1.js";

/** exp(x) − 1, accurate near 0, where the difference would cancel. */
export const expm1 = analytic({
  name: "expm1",
  formula: { forward: "y = exp(x) − 1", vjp: ["x̄ = ȳ·exp(x)"] },
  scalar: special.float64,
  single: special.float32,
  // Not y + 1, which has lost its digits where y is near −1.
  vjp: [({ g, x: [x] }) => g.mul(x.exp())],
});
