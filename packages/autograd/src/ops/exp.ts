import { analytic } from "../families/elementwise.js";
import { exp as special } from "../numerics/special/printed/exp.js";

/** The exponential function. */
export const exp = analytic({
  name: "exp",
  formula: { forward: "y = exp(x)", vjp: ["x̄ = ȳ·y"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, y }) => g.mul(y)],
});
