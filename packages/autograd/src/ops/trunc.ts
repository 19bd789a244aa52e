import { numeric } from "../families/elementwise.js";

/** The integer part: x without its fraction. Its derivative is 0 everywhere. */
export const trunc = numeric({
  name: "trunc",
  formula: { forward: "y = x cut towards 0", vjp: ["x̄ = 0"] },
  scalar: Math.trunc,
  vjp: [({ x: [x] }) => x.constantLike(0)],
});
