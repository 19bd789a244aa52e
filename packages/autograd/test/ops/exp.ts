import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const exp = unary({
  name: "exp",
  f: (x) => x.exp(),
  reference: series.exp,
  points: [
    [0, 1, 1],
    [-0, 1, 1],
    [inf, inf, inf],
    [-inf, 0, 0],
    [nan, nan, nan],
    [710, inf, inf],
    [-746, 0, 0],
    [709, 8.218407461554972e307, 8.218407461554972e307],
  ],
  dtypes: analytic,
});
