import { analytic } from "../families/elementwise.js";

/** 1 / √x; at 0 it is Infinity, with the slope -Infinity. */
export const rsqrt = analytic({
  name: "rsqrt",
  formula: { forward: "y = 1 / √x", vjp: ["x̄ = −ȳ·y³ / 2"] },
  scalar: (x) => 1 / Math.sqrt(x),
  vjp: [({ g, y }) => g.mul(y.square().mul(y)).mul(-0.5)],
});
