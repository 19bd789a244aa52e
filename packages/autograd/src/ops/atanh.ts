import { analytic } from "../families/elementwise.js";
import { oneMinusSquare } from "../families/squares.js";

/** The inverse of the hyperbolic tangent: NaN outside [−1, 1], with infinite slopes at its ends. */
export const atanh = analytic({
  name: "atanh",
  formula: { forward: "y = atanh(x)", vjp: ["x̄ = ȳ / (1 − x²)"] },
  scalar: Math.atanh,
  vjp: [({ g, x: [x] }) => g.div(oneMinusSquare(x))],
});
