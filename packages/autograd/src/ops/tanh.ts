import { analytic } from "./family.js";

/** The hyperbolic tangent. */
export const tanh = analytic({
  name: "tanh",
  formula: { forward: "y = tanh(x)", vjp: ["x̄ = ȳ·(1 − y²)"] },
  scalar: Math.tanh,
  vjp: [({ g, y }) => g.mul(y.square().neg().add(1))],
});
