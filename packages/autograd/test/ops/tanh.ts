import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const tanh = unary({
  name: "tanh",
  f: (x) => x.tanh(),
  reference: (x) => 1 - 2 / (series.exp(2 * x) + 1),
  points: [
    [0, 0, 1],
    [-0, -0, 1],
    [1e-9, 1e-9, 1],
    [30, 1, 0],
    [inf, 1, 0],
    [-inf, -1, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
