import { unary } from "../families/elementwise.js";

/** The same value as a node of its own: the border at which a derivative begins. */
export const alias = unary({
  name: "alias",
  formula: { forward: "y = x", vjp: ["x̄ = ȳ"] },
  scalar: (x) => x,
  vjp: [({ g }) => g],
});
