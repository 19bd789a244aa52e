import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const atan = unary({
  name: "atan",
  f: (x) => x.atan(),
  reference: (x) => series.bisect((y) => series.sin(y) - x * series.cos(y), -1.6, 1.6),
  points: [
    [0, 0, 1],
    [-0, -0, 1],
    [1e-9, 1e-9, 1],
    [1, Math.PI / 4, 0.5],
    [1e10, 1.5707963266948965, 1e-20],
    [inf, Math.PI / 2, 0],
    [-inf, -Math.PI / 2, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
