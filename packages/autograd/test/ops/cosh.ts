import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const cosh = unary({
  name: "cosh",
  f: (x) => x.cosh(),
  reference: (x) => (series.exp(x) + series.exp(-x)) / 2,
  points: [
    [0, 1, 0],
    [-0, 1, -0],
    [1e-9, 1, 1e-9],
    [-710, 1.1169973830808555e308, -1.1169973830808555e308],
    [711, inf, inf],
    [inf, inf, inf],
    [-inf, inf, -inf],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
