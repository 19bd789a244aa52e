import { analytic } from "../families/elementwise.js";
import { asinh as special } from "../numerics/special/printed/asinh.js";

/** The inverse of the hyperbolic sine, accurate near 0. */
export const asinh = analytic({
  name: "asinh",
  formula: { forward: "y = asinh(x)", vjp: ["x̄ = ȳ / √(x² + 1)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.div(x.square().add(1).sqrt())],
});
