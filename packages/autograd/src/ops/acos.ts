import { analytic } from "../families/elementwise.js";
import { oneMinusSquare } from "../families/squares.js";
import { acos as special } from "../numerics/special/printed/acos.js";

/** The inverse of cosine, from 0 to π: NaN outside [−1, 1], with an infinite slope at its ends. */
export const acos = analytic({
  name: "acos",
  formula: { forward: "y = acos(x)", vjp: ["x̄ = −ȳ / √(1 − x²)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.div(oneMinusSquare(x).sqrt()).neg()],
});
