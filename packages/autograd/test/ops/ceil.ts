import { clearOfSteps } from "../support/draw.js";
import { unary } from "../support/unary.js";
import { inf, nan, numeric, refusesBool } from "../support/values.js";

export const ceil = unary({
  name: "ceil",
  f: (x) => x.ceil(),
  reference: (x) => x + (((-x % 1) + 1) % 1),
  draw: clearOfSteps,
  points: [
    [0, 0, 0],
    [-0, -0, 0],
    [2.5, 3, 0],
    [-2.5, -2, 0],
    [-0.5, -0, 0],
    [Number.MIN_VALUE, 1, 0],
    [-Number.MIN_VALUE, -0, 0],
    [-1e300, -1e300, 0],
    [2 ** 53, 2 ** 53, 0],
    [inf, inf, 0],
    [-inf, -inf, 0],
    [nan, nan, 0],
  ],
  errors: [refusesBool((x) => x.ceil())],
  dtypes: numeric,
});
