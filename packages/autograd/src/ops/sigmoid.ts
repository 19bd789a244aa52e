import { analytic } from "./family.js";

/** The logistic function 1 / (1 + exp(−x)), in the form that overflows on neither side. */
export const sigmoid = analytic({
  name: "sigmoid",
  formula: { forward: "y = 1 / (1 + exp(−x))", vjp: ["x̄ = ȳ·y·(1 − y)"] },
  scalar: (x) => {
    if (x >= 0) return 1 / (1 + Math.exp(-x));
    const e = Math.exp(x);
    return e / (1 + e);
  },
  vjp: [({ g, y }) => g.mul(y.mul(y.neg().add(1)))],
});
