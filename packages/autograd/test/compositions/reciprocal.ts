import { unary } from "../support/unary.js";
import { inf, nan, refusesBool } from "../support/values.js";

export const reciprocal = unary({
  name: "reciprocal",
  f: (x) => x.reciprocal(),
  reference: (x) => x ** -1,
  points: [
    [0, inf, -inf],
    [-0, -inf, -inf],
    [4, 0.25, -0.0625],
    [Number.MIN_VALUE, inf, -inf],
    [inf, 0, -0],
    [-inf, -0, -0],
    [nan, nan, nan],
  ],
  errors: [refusesBool((x) => x.reciprocal())],
  dtypes: { float32: "float32", int32: "float32", bool: null },
});
