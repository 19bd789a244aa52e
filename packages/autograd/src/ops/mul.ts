import { binary } from "../families/elementwise.js";

/** The product of two numbers. */
export const mul = binary({
  name: "mul",
  formula: { forward: "y = a·b", vjp: ["ā = ȳ·b", "b̄ = ȳ·a"] },
  scalar: (a, b) => a * b,
  vjp: [({ g, x: [, b] }) => g.mul(b), ({ g, x: [a] }) => g.mul(a)],
});
