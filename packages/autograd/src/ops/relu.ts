import { numeric } from "../families/elementwise.js";

/** max(x, 0), with the slope 0 at 0. */
export const relu = numeric({
  name: "relu",
  formula: { forward: "y = max(x, 0)", vjp: ["x̄ = ȳ where x > 0, else 0"] },
  scalar: (x) => Math.max(x, 0),
  vjp: [({ g, x: [x] }) => x.gt(0).where(g, 0)],
});
