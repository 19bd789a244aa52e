import { unary } from "../support/unary.js";
import { inf, nan, numeric, refusesBool } from "../support/values.js";

export const neg = unary({
  name: "neg",
  f: (x) => x.neg(),
  reference: (x) => x * -1,
  points: [
    [0, -0, -1],
    [-0, 0, -1],
    [inf, -inf, -1],
    [nan, nan, -1],
  ],
  errors: [refusesBool((x) => x.neg())],
  dtypes: numeric,
});
