import { analytic } from "../families/elementwise.js";

/** The logarithm to base 2: -Infinity at 0, NaN below. */
export const log2 = analytic({
  name: "log2",
  formula: { forward: "y = log₂(x)", vjp: ["x̄ = ȳ / (x·log 2)"] },
  scalar: Math.log2,
  vjp: [({ g, x: [x] }) => g.div(x.mul(Math.LN2))],
});
