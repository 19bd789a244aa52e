import { analytic } from "../families/elementwise.js";
import { oneMinusSquare } from "../families/squares.js";

/** The inverse of sine, from −π/2 to π/2: NaN outside [−1, 1], with an infinite slope at its ends. */
export const asin = analytic({
  name: "asin",
  formula: { forward: "y = asin(x)", vjp: ["x̄ = ȳ / √(1 − x²)"] },
  scalar: Math.asin,
  vjp: [({ g, x: [x] }) => g.div(oneMinusSquare(x).sqrt())],
});
