import { numeric } from "../families/elementwise.js";

/** The largest integer that is not above x. Its derivative is 0 everywhere. */
export const floor = numeric({
  name: "floor",
  formula: { forward: "y = ⌊x⌋", vjp: ["x̄ = 0"] },
  scalar: Math.floor,
  vjp: [({ x: [x] }) => x.constantLike(0)],
});
