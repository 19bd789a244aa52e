import { between } from "../support/draw.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const sqrt = unary({
  name: "sqrt",
  f: (x) => x.sqrt(),
  reference: (x) => x ** 0.5,
  draw: between(0.05, 30),
  points: [
    [0, 0, inf],
    [-0, -0, -inf],
    [-1, nan, nan],
    [inf, inf, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
