import { analytic } from "../families/elementwise.js";

/** log(1 + x), accurate near 0: -Infinity at −1, NaN below. */
export const log1p = analytic({
  name: "log1p",
  formula: { forward: "y = log(1 + x)", vjp: ["x̄ = ȳ / (1 + x)"] },
  scalar: Math.log1p,
  vjp: [({ g, x: [x] }) => g.div(x.add(1))],
});
