import { analytic } from "../families/elementwise.js";
import { cos as special } from "../numerics/special/printed/cos.js";

/** Cosine, in radians. */
export const cos = analytic({
  name: "cos",
  formula: { forward: "y = cos(x)", vjp: ["x̄ = −ȳ·sin(x)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.mul(x.sin()).neg()],
});
