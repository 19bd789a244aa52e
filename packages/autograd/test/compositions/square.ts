import { unary } from "../support/unary.js";
import { inf, nan, numeric } from "../support/values.js";

export const square = unary({
  name: "square",
  f: (x) => x.square(),
  reference: (x) => Math.abs(x) ** 2,
  points: [
    [0, 0, 0],
    [-0, 0, 0],
    [-inf, inf, -inf],
    [nan, nan, nan],
  ],
  dtypes: numeric,
});
