import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const cos = unary({
  name: "cos",
  f: (x) => x.cos(),
  reference: series.cos,
  draw: between(-1.4, 1.4),
  points: [
    [0, 1, -0],
    [inf, nan, nan],
    [nan, nan, nan],
    [1e22, 0.5232147853951389, 0.8522008497671888],
  ],
  dtypes: analytic,
});
