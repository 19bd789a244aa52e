import { analytic } from "../families/elementwise.js";

/** Cosine, in radians. */
export const cos = analytic({
  name: "cos",
  formula: { forward: "y = cos(x)", vjp: ["x̄ = −ȳ·sin(x)"] },
  scalar: Math.cos,
  vjp: [({ g, x: [x] }) => g.mul(x.sin()).neg()],
});
