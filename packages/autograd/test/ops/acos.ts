import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const acos = unary({
  name: "acos",
  f: (x) => x.acos(),
  reference: (x) => series.bisect((y) => x - series.cos(y), 0, Math.PI),
  draw: between(-0.9, 0.9),
  points: [
    [0, Math.PI / 2, -1],
    [-0, Math.PI / 2, -1],
    [0.5, Math.PI / 3, -2 / Math.sqrt(3)],
    [1 - 2 ** -27, 2 ** -13 * (1 + 2 ** -27 / 12), -1 / Math.sqrt(2 ** -27 * (2 - 2 ** -27))],
    [1 - 2 ** -53, 1.4901161193847656e-8, -(2 ** 26)],
    [1, 0, -inf],
    [-1, Math.PI, -inf],
    [1.5, nan, nan],
    [-inf, nan, nan],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
