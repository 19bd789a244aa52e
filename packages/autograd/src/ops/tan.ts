import { analytic } from "../families/elementwise.js";

/** Tangent, in radians. */
export const tan = analytic({
  name: "tan",
  formula: { forward: "y = tan(x)", vjp: ["x̄ = ȳ·(1 + y²)"] },
  scalar: Math.tan,
  vjp: [({ g, y }) => g.mul(y.square().add(1))],
});
