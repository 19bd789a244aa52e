import { analytic } from "../families/elementwise.js";
import { softplus as special } from "../numerics/special/printed/softplus.js";

/** log(1 + exp(x)) in the form that neither overflows nor cancels: a smooth relu. */
export const softplus = analytic({
  name: "softplus",
  formula: { forward: "y = log(1 + exp(x))", vjp: ["x̄ = ȳ·sigmoid(x)"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.mul(x.sigmoid())],
});
