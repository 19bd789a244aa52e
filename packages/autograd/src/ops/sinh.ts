import { analytic } from "../families/elementwise.js";

/** The hyperbolic sine, accurate near 0. */
export const sinh = analytic({
  name: "sinh",
  formula: { forward: "y = sinh(x)", vjp: ["x̄ = ȳ·cosh(x)"] },
  scalar: Math.sinh,
  vjp: [({ g, x: [x] }) => g.mul(x.cosh())],
});
