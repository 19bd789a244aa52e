import { numeric } from "../families/elementwise.js";

/** The nearest integer, and of two as near the even one. Its derivative is 0 everywhere. */
export const round = numeric({
  name: "round",
  formula: { forward: "y = the integer nearest to x", vjp: ["x̄ = 0"] },
  // Math.round takes a half up.
  scalar: (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
  vjp: [({ x: [x] }) => x.constantLike(0)],
});
