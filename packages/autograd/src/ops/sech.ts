import { analytic } from "../families/elementwise.js";
import { sech as special } from "../numerics/special/printed/sech.js";

/** The hyperbolic secant 1 / cosh(x), which overflows on neither side: the root of tanh's slope. */
export const sech = analytic({
  name: "sech",
  formula: { forward: "y = 1 / cosh(x)", vjp: ["x̄ = −ȳ·y·tanh(x)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x], y }) => g.mul(y.mul(x.tanh())).neg()],
});
