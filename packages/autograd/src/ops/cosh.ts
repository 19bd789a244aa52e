import { analytic } from "../families/elementwise.js";
import { cosh as special } from "../numerics/special/printed/cosh.js";

/** The hyperbolic cosine. */
export const cosh = analytic({
  name: "cosh",
  formula: { forward: "y = cosh(x)", vjp: ["x̄ = ȳ·sinh(x)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.mul(x.sinh())],
});
