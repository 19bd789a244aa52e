import { between } from "../support/draw.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const rsqrt = unary({
  name: "rsqrt",
  f: (x) => x.rsqrt(),
  reference: (x) => x ** -0.5,
  draw: between(0.05, 30),
  points: [
    [0, inf, -inf],
    [-0, -inf, inf],
    [4, 0.5, -0.0625],
    [1e-300, 1e150, -inf],
    [1e300, 1e-150, 0],
    [-1, nan, nan],
    [inf, 0, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
