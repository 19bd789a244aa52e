import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const sigmoid = unary({
  name: "sigmoid",
  f: (x) => x.sigmoid(),
  reference: (x) => 1 / (1 + series.exp(-x)),
  points: [
    [0, 0.5, 0.25],
    [-0, 0.5, 0.25],
    // 1 − y would be 0 from 37 on.
    [5, 0.9933071490757152, 0.006648056670790155],
    [40, 1, 4.248354255291589e-18],
    [700, 1, 9.85967654375977e-305],
    [800, 1, 0],
    [-800, 0, 0],
    [-700, 9.85967654375977e-305, 9.85967654375977e-305],
    [inf, 1, 0],
    [-inf, 0, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
