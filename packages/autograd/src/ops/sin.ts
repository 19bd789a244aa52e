import { analytic } from "../families/elementwise.js";
import { sin as special } from "../numerics/special/printed/sin.js";

/** Sine, in radians. */
export const sin = analytic({
  name: "sin",
  formula: { forward: "y = sin(x)", vjp: ["x̄ = ȳ·cos(x)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.mul(x.cos())],
});
