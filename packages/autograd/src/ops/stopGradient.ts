import { unary } from "../families/elementwise.js";

/** The same value, through which no gradient flows. */
export const stopGradient = unary({
  name: "stopGradient",
  formula: { forward: "y = x", vjp: ["none"] },
  scalar: (x) => x,
  vjp: [null],
});
