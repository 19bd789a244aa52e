import { analytic } from "../families/elementwise.js";

/** The square root; its slope at 0 is Infinity. */
export const sqrt = analytic({
  name: "sqrt",
  formula: { forward: "y = √x", vjp: ["x̄ = ȳ / 2y"] },
  scalar: Math.sqrt,
  vjp: [({ g, y }) => g.div(y.mul(2))],
});
