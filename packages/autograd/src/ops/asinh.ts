import { analytic } from "../families/elementwise.js";

/** The inverse of the hyperbolic sine, accurate near 0. */
export const asinh = analytic({
  name: "asinh",
  formula: { forward: "y = asinh(x)", vjp: ["x̄ = ȳ / √(x² + 1)"] },
  scalar: Math.asinh,
  vjp: [({ g, x: [x] }) => g.div(x.square().add(1).sqrt())],
});
