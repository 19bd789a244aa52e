import { floatOf } from "../dtype.js";
import { binary } from "../families/elementwise.js";

/** The quotient; division by 0 gives an infinity or NaN, and integers give float32. */
export const div = binary({
  name: "div",
  formula: { forward: "y = a / b", vjp: ["ā = ȳ / b", "b̄ = −ȳ·y / b"] },
  scalar: (a, b) => a / b,
  result: floatOf,
  vjp: [({ g, x: [, b] }) => g.div(b), ({ g, x: [, b], y }) => g.mul(y).div(b).neg()],
});
