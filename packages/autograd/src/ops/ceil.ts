import { numeric } from "../families/elementwise.js";

/** The smallest integer that is not below x. Its derivative is 0 everywhere. */
export const ceil = numeric({
  name: "ceil",
  formula: { forward: "y = ⌈x⌉", vjp: ["x̄ = 0"] },
  scalar: Math.ceil,
  vjp: [({ x: [x] }) => x.constantLike(0)],
});
