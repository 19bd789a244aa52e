import { binary } from "../families/elementwise.js";

/**
 * What is left of a after whole multiples of b, with the sign of b. A divisor of 0 gives NaN; in
 * int32, which has none, 0.
 */
export const remainder = binary({
  name: "remainder",
  formula: { forward: "y = a − b·⌊a/b⌋", vjp: ["ā = ȳ", "b̄ = −ȳ·⌊a/b⌋"] },
  scalar: (a, b) => {
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
  },
  vjp: [
    ({ g }) => g,
    // From the value: the rounded quotient may reach the next integer, and its floor would be off.
    ({ g, x: [a, b], y }) => g.mul(a.sub(y).div(b).round()).neg(),
  ],
});
