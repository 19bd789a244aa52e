import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const log2 = unary({
  name: "log2",
  f: (x) => x.log2(),
  reference: (x) => series.log(x) / series.log(2),
  draw: between(0.05, 30),
  points: [
    [0, -inf, inf],
    [-0, -inf, -inf],
    [1, 0, 1 / Math.LN2],
    [1024, 10, 0.0014088818758681283],
    [Number.MIN_VALUE, -1074, inf],
    [-1, nan, -1 / Math.LN2],
    [inf, inf, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
