import { analytic } from "../families/elementwise.js";

/** Sine, in radians. */
export const sin = analytic({
  name: "sin",
  formula: { forward: "y = sin(x)", vjp: ["x̄ = ȳ·cos(x)"] },
  scalar: Math.sin,
  vjp: [({ g, x: [x] }) => g.mul(x.cos())],
});
