import { analytic } from "../families/elementwise.js";

/** The logistic function 1 / (1 + exp(−x)), in the form that overflows on neither side. */
export const sigmoid = analytic({
  name: "sigmoid",
  formula: { forward: "y = 1 / (1 + exp(−x))", vjp: ["x̄ = ȳ·y·(1 − y)"] },
  scalar: (x) => {
    if (x >= 0) return 1 / (1 + Math.exp(-x));
    const e = Math.exp(x);
    return e / (1 + e);
  },
  // sigmoid(−x) is 1 − y, also where y is near 1 and the difference would have lost its digits.
  vjp: [({ g, x: [x], y }) => g.mul(y.mul(x.neg().sigmoid()))],
});
