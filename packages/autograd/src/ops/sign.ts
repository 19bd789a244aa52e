import { numeric } from "../families/elementwise.js";

/** −1, 0 or 1; 0 for NaN, as in PyTorch. Its derivative is 0 everywhere. */
export const sign = numeric({
  name: "sign",
  formula: { forward: "y = sign(x)", vjp: ["x̄ = 0"] },
  scalar: (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  vjp: [({ x: [x] }) => x.constantLike(0)],
});
