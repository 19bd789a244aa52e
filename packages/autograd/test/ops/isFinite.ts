import { oneOf } from "../support/draw.js";
import { unary } from "../support/unary.js";
import { inf, nan } from "../support/values.js";

export const isFinite = unary({
  name: "isFinite",
  f: (x) => x.isFinite(),
  reference: (x) => +(x - x === 0),
  draw: oneOf(0, -0, 1.5, -2, Number.MIN_VALUE, Number.MAX_VALUE, inf, -inf, nan),
  differentiable: false,
  points: [
    [nan, 0],
    [inf, 0],
    [-inf, 0],
    [-0, 1],
    [Number.MAX_VALUE, 1],
  ],
  dtypes: { float32: "bool", int32: "bool", bool: "bool" },
});
