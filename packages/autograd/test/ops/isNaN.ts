import { oneOf } from "../support/draw.js";
import { unary } from "../support/unary.js";
import { inf, nan } from "../support/values.js";

export const isNaN = unary({
  name: "isNaN",
  f: (x) => x.isNaN(),
  reference: (x) => (x < 0 || x >= 0 ? 0 : 1),
  draw: oneOf(0, -0, 1.5, -2, Number.MIN_VALUE, Number.MAX_VALUE, inf, -inf, nan),
  differentiable: false,
  points: [
    [nan, 1],
    [inf, 0],
    [-inf, 0],
    [-0, 0],
    [Number.MAX_VALUE, 0],
  ],
  dtypes: { float32: "bool", int32: "bool", bool: "bool" },
});
