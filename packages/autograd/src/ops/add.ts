import { binary } from "../families/elementwise.js";

/** The sum of two numbers. */
export const add = binary({
  name: "add",
  formula: { forward: "y = a + b", vjp: ["ā = ȳ", "b̄ = ȳ"] },
  scalar: (a, b) => a + b,
  vjp: [({ g }) => g, ({ g }) => g],
});
