import { analytic } from "../families/elementwise.js";
import { oneMinusSquare } from "../families/squares.js";
import { atanh as special } from "../numerics/special/printed/atanh.js";

/** The inverse of the hyperbolic tangent: NaN outside [−1, 1], with infinite slopes at its ends. */
export const atanh = analytic({
  name: "atanh",
  formula: { forward: "y = atanh(x)", vjp: ["x̄ = ȳ / (1 − x²)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.div(oneMinusSquare(x))],
});
