import { unary } from "../support/unary.js";
import { inf, nan, numeric, refusesBool } from "../support/values.js";

export const sign = unary({
  name: "sign",
  f: (x) => x.sign(),
  reference: (x) => x / Math.sqrt(x * x),
  points: [
    [0, 0, 0],
    [-0, 0, 0],
    [inf, 1, 0],
    [-inf, -1, 0],
    [nan, 0],
  ],
  errors: [refusesBool((x) => x.sign())],
  dtypes: numeric,
});
