import { analytic } from "../families/elementwise.js";
import { tan as special } from "../numerics/special/printed/tan.js";

/** Tangent, in radians. */
export const tan = analytic({
  name: "tan",
  formula: { forward: "y = tan(x)", vjp: ["x̄ = ȳ·(1 + y²)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, y }) => g.mul(y.square().add(1))],
});
