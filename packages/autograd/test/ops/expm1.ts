import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const expm1 = unary({
  name: "expm1",
  f: (x) => x.expm1(),
  reference: (x) => series.exp(x) - 1,
  points: [
    [0, 0, 1],
    [-0, -0, 1],
    [1e-20, 1e-20, 1],
    [1e-9, 1.0000000005000001e-9, 1.000000001],
    // The slope keeps its digits where the value is −1 up to rounding.
    [-30, -0.9999999999999064, 9.357622968840175e-14],
    [-50, -1, 1.9287498479639178e-22],
    [Number.MIN_VALUE, Number.MIN_VALUE, 1],
    [710, inf, inf],
    [inf, inf, inf],
    [-inf, -1, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
