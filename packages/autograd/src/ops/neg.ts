import { numeric } from "../families/elementwise.js";

/** The negative. */
export const neg = numeric({
  name: "neg",
  formula: { forward: "y = −x", vjp: ["x̄ = −ȳ"] },
  scalar: (x) => -x,
  vjp: [({ g }) => g.neg()],
});
