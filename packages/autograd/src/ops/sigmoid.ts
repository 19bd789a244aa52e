import { analytic } from "../families/elementwise.js";
import { sigmoid as special } from "../numerics/special/printed/sigmoid.js";

/** The logistic function 1 / (1 + exp(−x)), in the form that overflows on neither side. */
export const sigmoid = analytic({
  name: "sigmoid",
  formula: { forward: "y = 1 / (1 + exp(−x))", vjp: ["x̄ = ȳ·y·(1 − y)"] },
  scalar: special.float64,
  single: special.float32,
  // sigmoid(−x) is 1 − y, also where y is near 1 and the difference would have lost its digits.
  vjp: [({ g, x: [x], y }) => g.mul(y.mul(x.neg().sigmoid()))],
});
