import { analytic } from "../families/elementwise.js";

/** The hyperbolic secant 1 / cosh(x), which overflows on neither side: the root of tanh's slope. */
export const sech = analytic({
  name: "sech",
  formula: { forward: "y = 1 / cosh(x)", vjp: ["x̄ = −ȳ·y·tanh(x)"] },
  scalar: (x) => {
    const e = Math.exp(-Math.abs(x));
    return (2 * e) / (1 + e * e);
  },
  vjp: [({ g, x: [x], y }) => g.mul(y.mul(x.tanh())).neg()],
});
