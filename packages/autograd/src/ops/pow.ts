import { binary } from "../families/elementwise.js";
import { pow as special } from "../numerics/special/printed/pow.js";

/** a to the power b: 0⁰ = 1, and a negative base needs an integer exponent. */
export const pow = binary({
  name: "pow",
  formula: { forward: "y = aᵇ", vjp: ["ā = ȳ·b·aᵇ⁻¹", "b̄ = ȳ·y·log(a)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [
    // a⁰ is flat in a; as 0·a⁻¹ it would be NaN where a is 0 or NaN.
    ({ g, x: [a, b] }) => g.mul(b.mul(a.abs().gt(0).where(a, b.eq(0).where(1, a)).pow(b.sub(1)))),
    // 0ᵇ is flat in b for b ≥ 0; as 0·log(0) it would be NaN.
    ({ g, x: [a, b], y }) => g.mul(y.mul(a.eq(0).where(b.ge(0).where(1, a), a).log())),
  ],
});
