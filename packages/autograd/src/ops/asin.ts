import { analytic } from "../families/elementwise.js";
import { oneMinusSquare } from "../families/squares.js";
import { asin as special } from "../numerics/special/printed/asin.js";

/** The inverse of sine, from −π/2 to π/2: NaN outside [−1, 1], the slope at ±1 is infinite. */
export const asin = analytic({
  name: "asin",
  formula: { forward: "y = asin(x)", vjp: ["x̄ = ȳ / √(1 − x²)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.div(oneMinusSquare(x).sqrt())],
});
