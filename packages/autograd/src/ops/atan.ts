import { analytic } from "../families/elementwise.js";

/** The inverse of tangent, from −π/2 to π/2. */
export const atan = analytic({
  name: "atan",
  formula: { forward: "y = atan(x)", vjp: ["x̄ = ȳ / (1 + x²)"] },
  scalar: Math.atan,
  vjp: [({ g, x: [x] }) => g.div(x.square().add(1))],
});
