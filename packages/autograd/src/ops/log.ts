import { analytic } from "../families/elementwise.js";
import { log as special } from "../numerics/special/printed/log.js";

/** The natural logarithm: -Infinity at 0, NaN below. */
export const log = analytic({
  name: "log",
  formula: { forward: "y = log(x)", vjp: ["x̄ = ȳ / x"] },
  scalar: special.float64,
  single: special.float32,
  vjp: [({ g, x: [x] }) => g.div(x)],
});
