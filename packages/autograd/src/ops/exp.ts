import { analytic } from "../families/elementwise.js";

/** The exponential function. */
export const exp = analytic({
  name: "exp",
  formula: { forward: "y = exp(x)", vjp: ["x̄ = ȳ·y"] },
  scalar: Math.exp,
  vjp: [({ g, y }) => g.mul(y)],
});
