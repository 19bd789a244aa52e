import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const asinh = unary({
  name: "asinh",
  f: (x) => x.asinh(),
  reference: (x) => series.log(x + Math.sqrt(x * x + 1)),
  points: [
    [0, 0, 1],
    [-0, -0, 1],
    [1e-9, 1e-9, 1],
    [-1e-9, -1e-9, 1],
    [1e10, 23.7189981105004, 1e-10],
    [-1e10, -23.7189981105004, 1e-10],
    [1e300, 691.4686750787736, 0],
    [inf, inf, 0],
    [-inf, -inf, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
