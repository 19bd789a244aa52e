import { unary } from "../support/unary.js";
import { inf, nan, numeric, refusesBool } from "../support/values.js";

export const abs = unary({
  name: "abs",
  f: (x) => x.abs(),
  reference: (x) => (x < 0 ? 0 - x : x),
  points: [
    [0, 0, 0],
    [-0, 0, 0],
    [inf, inf, 1],
    [-inf, inf, -1],
    [nan, nan],
  ],
  errors: [refusesBool((x) => x.abs())],
  dtypes: numeric,
});
