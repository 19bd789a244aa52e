import { analytic } from "../families/elementwise.js";
import { sinh as special } from "../numerics/special/printed/sinh.js";

/** The hyperbolic sine, accurate near 0. */
export const sinh = analytic({
  name: "sinh",
  formula: { forward: "y = sinh(x)", vjp: ["x̄ = ȳ·cosh(x)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.mul(x.cosh())],
});
