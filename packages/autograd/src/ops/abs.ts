import { numeric } from "../families/elementwise.js";

/** The absolute value, with the slope 0 at 0. */
export const abs = numeric({
  name: "abs",
  formula: { forward: "y = |x|", vjp: ["x̄ = ȳ·sign(x)"] },
  scalar: Math.abs,
  vjp: [({ g, x: [x] }) => g.mul(x.sign())],
});
