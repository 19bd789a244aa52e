import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const log1p = unary({
  name: "log1p",
  f: (x) => x.log1p(),
  reference: (x) => series.log(1 + x),
  draw: between(-0.8, 5),
  points: [
    [0, 0, 1],
    [-0, -0, 1],
    [1e-20, 1e-20, 1],
    [1e-9, 9.999999995e-10, 0.999999999],
    [-1, -inf, inf],
    [-1 + 2 ** -53, -36.7368005696771, 2 ** 53],
    [-2, nan, -1],
    [Number.MAX_VALUE, 709.782712893384, 1 / Number.MAX_VALUE],
    [inf, inf, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
