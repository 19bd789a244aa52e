import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const sin = unary({
  name: "sin",
  f: (x) => x.sin(),
  reference: series.sin,
  points: [
    [0, 0, 1],
    [-0, -0, 1],
    [inf, nan, nan],
    [nan, nan, nan],
    // Exact to the last place wherever the argument lies.
    [1e22, -0.8522008497671888, 0.5232147853951389],
  ],
  dtypes: analytic,
});
