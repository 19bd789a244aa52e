import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const softplus = unary({
  name: "softplus",
  f: (x) => x.softplus(),
  reference: (x) => series.log(1 + series.exp(x)),
  points: [
    [0, Math.LN2, 0.5],
    [800, 800, 1],
    [-800, 0, 0],
    // No threshold: exp(x) itself, far below the place where 1 + exp(x) is 1.
    [-50, 1.928749847963918e-22, 1.928749847963918e-22],
    [inf, inf, 1],
    [-inf, 0, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
