import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const sech = unary({
  name: "sech",
  f: (x) => x.sech(),
  reference: (x) => 2 / (series.exp(x) + series.exp(-x)),
  points: [
    [0, 1, -0],
    [-0, 1, 0],
    [1e-9, 1, -1e-9],
    [30, 1.871524593768035e-13, -1.871524593768035e-13],
    [-700, 1.971935308751954e-304, 1.971935308751954e-304],
    [800, 0, -0],
    [inf, 0, -0],
    [-inf, 0, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
