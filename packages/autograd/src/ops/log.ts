import { analytic } from "../families/elementwise.js";

/** The natural logarithm: -Infinity at 0, NaN below. */
export const log = analytic({
  name: "log",
  formula: { forward: "y = log(x)", vjp: ["x̄ = ȳ / x"] },
  scalar: Math.log,
  vjp: [({ g, x: [x] }) => g.div(x)],
});
