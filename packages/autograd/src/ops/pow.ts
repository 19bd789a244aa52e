import { binary } from "../families/elementwise.js";

/** a to the power b: 0⁰ = 1, and a negative base needs an integer exponent. */
export const pow = binary({
  name: "pow",
  formula: { forward: "y = aᵇ", vjp: ["ā = ȳ·b·aᵇ⁻¹", "b̄ = ȳ·y·log(a)"] },
  // JavaScript has NaN at 1^NaN, 1^±∞ and (−1)^±∞; IEEE 754 and PyTorch have 1.
  scalar: (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b),
  vjp: [
    // a⁰ is flat in a; as 0·a⁻¹ it would be NaN where a is 0 or NaN.
    ({ g, x: [a, b] }) => g.mul(b.mul(a.abs().gt(0).where(a, b.eq(0).where(1, a)).pow(b.sub(1)))),
    // 0ᵇ is flat in b for b ≥ 0; as 0·log(0) it would be NaN.
    ({ g, x: [a, b], y }) => g.mul(y.mul(a.eq(0).where(b.ge(0).where(1, a), a).log())),
  ],
});
