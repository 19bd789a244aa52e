import { binary } from "../families/elementwise.js";

/**
 * What is left of a after whole multiples of b, with the sign of a. A divisor of 0 gives NaN; in
 * int32, which has none, 0.
 */
export const fmod = binary({
  name: "fmod",
  formula: { forward: "y = a − b·trunc(a/b)", vjp: ["ā = ȳ", "b̄ = −ȳ·trunc(a/b)"] },
  scalar: (a, b) => a % b,
  vjp: [
    ({ g }) => g,
    // From the value: the rounded quotient may reach the next integer.
    ({ g, x: [a, b], y }) => g.mul(a.sub(y).div(b).round()).neg(),
  ],
});
