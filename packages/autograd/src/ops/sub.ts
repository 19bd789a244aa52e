import { binary } from "../families/elementwise.js";

/** The difference of two numbers. */
export const sub = binary({
  name: "sub",
  formula: { forward: "y = a − b", vjp: ["ā = ȳ", "b̄ = −ȳ"] },
  scalar: (a, b) => a - b,
  vjp: [({ g }) => g, ({ g }) => g.neg()],
});
