import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const log = unary({
  name: "log",
  f: (x) => x.log(),
  reference: series.log,
  draw: between(0.05, 30),
  points: [
    [0, -inf, inf],
    [1, 0, 1],
    [-1, nan, -1],
    [inf, inf, 0],
    [nan, nan, nan],
    [Number.MIN_VALUE, -744.4400719213812, inf],
  ],
  dtypes: analytic,
});
