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
    // 1 − y² would be 0 from 19 on.
    [5, 0.9999092042625951, 0.0001815832309438067],
    [30, 1, 3.502604305078608e-26],
    [-100, -1, 5.53558610694695e-87],
    [400, 1, 0],
    [inf, 1, 0],
    [-inf, -1, 0],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
