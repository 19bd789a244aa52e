import { analytic } from "../families/elementwise.js";
import { acosh as special } from "../numerics/special/printed/acosh.js";

/** The inverse of the hyperbolic cosine, from 0 on: NaN below 1, with the slope Infinity at 1. */
export const acosh = analytic({
  name: "acosh",
  formula: { forward: "y = acosh(x)", vjp: ["x̄ = ȳ / √(x² − 1)"] },
  scalar: special.float64,
  single: special.float32,
  // Two roots: x² − 1 cancels near 1, overflows far away, and has a root again below −1.
  vjp: [({ g, x: [x] }) => g.div(x.sub(1).sqrt()).div(x.add(1).sqrt())],
});
