import { analytic } from "../families/elementwise.js";

/** log(1 + exp(x)) in the form that neither overflows nor cancels: a smooth relu. */
export const softplus = analytic({
  name: "softplus",
  formula: { forward: "y = log(1 + exp(x))", vjp: ["x̄ = ȳ·sigmoid(x)"] },
  scalar: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  vjp: [({ g, x: [x] }) => g.mul(x.sigmoid())],
});
