import { binary } from "../families/elementwise.js";

/** The larger of two numbers; NaN if either is. A tie shares the gradient evenly. */
export const maximum = binary({
  name: "maximum",
  formula: {
    forward: "y = max(a, b)",
    vjp: [
      "ā = ȳ where a > b, ȳ/2 where equal, else 0",
      "b̄ = ȳ where b > a, ȳ/2 where equal, else 0",
    ],
  },
  scalar: (a, b) => Math.max(a, b),
  vjp: [
    ({ g, x: [a, b] }) => a.eq(b).where(g.mul(0.5), a.gt(b).where(g, 0)),
    ({ g, x: [a, b] }) => a.eq(b).where(g.mul(0.5), b.gt(a).where(g, 0)),
  ],
});
