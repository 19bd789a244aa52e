import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const asin = unary({
  name: "asin",
  f: (x) => x.asin(),
  reference: (x) => series.bisect((y) => series.sin(y) - x, -Math.PI / 2, Math.PI / 2),
  draw: between(-0.9, 0.9),
  points: [
    [0, 0, 1],
    [-0, -0, 1],
    [1e-9, 1e-9, 1],
    [0.5, Math.PI / 6, 2 / Math.sqrt(3)],
    [
      1 - 2 ** -27,
      Math.PI / 2 - 2 ** -13 * (1 + 2 ** -27 / 12),
      1 / Math.sqrt(2 ** -27 * (2 - 2 ** -27)),
    ],
    [1 - 2 ** -53, 1.5707963118937354, 2 ** 26],
    [1, Math.PI / 2, inf],
    [-1, -Math.PI / 2, inf],
    [1.5, nan, nan],
    [-inf, nan, nan],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
