import { unary } from "../support/unary.js";
import { any, inf, nan } from "../support/values.js";

export const stopGradient = unary({
  name: "stopGradient",
  f: (x) => x.stopGradient(),
  reference: (x) => x,
  differentiable: false,
  points: [
    [-0, -0, 0],
    [3, 3, 0],
    [inf, inf, 0],
    [nan, nan, 0],
  ],
  dtypes: any,
});
