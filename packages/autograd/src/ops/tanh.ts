import { analytic } from "../families/elementwise.js";
import { tanh as special } from "../numerics/special/printed/tanh.js";

/** The hyperbolic tangent. */
export const tanh = analytic({
  name: "tanh",
  formula: { forward: "y = tanh(x)", vjp: ["x̄ = ȳ·(1 − y²)"] },
  scalar: special.float64,
  single: special.float32,
  // sech² is 1 − y², also where y is near ±1 and the difference would have lost its digits.
  vjp: [({ g, x: [x] }) => g.mul(x.sech().square())],
});
