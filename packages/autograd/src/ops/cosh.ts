import { analytic } from "../families/elementwise.js";

/** The hyperbolic cosine. */
export const cosh = analytic({
  name: "cosh",
  formula: { forward: "y = cosh(x)", vjp: ["x̄ = ȳ·sinh(x)"] },
  scalar: Math.cosh,
  vjp: [({ g, x: [x] }) => g.mul(x.sinh())],
});
