import { unary } from "../support/unary.js";
import { inf, nan, numeric, refusesBool } from "../support/values.js";

export const relu = unary({
  name: "relu",
  f: (x) => x.relu(),
  reference: (x) => (x + Math.abs(x)) / 2,
  points: [
    [0, 0, 0],
    [-0, 0, 0],
    [inf, inf, 1],
    [-inf, 0, 0],
    [nan, nan],
  ],
  errors: [refusesBool((x) => x.relu())],
  dtypes: numeric,
});
