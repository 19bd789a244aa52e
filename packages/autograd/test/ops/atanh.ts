import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const atanh = unary({
  name: "atanh",
  f: (x) => x.atanh(),
  reference: (x) => series.log((1 + x) / (1 - x)) / 2,
  draw: between(-0.9, 0.9),
  points: [
    [0, 0, 1],
    [-0, -0, 1],
    [1e-9, 1e-9, 1],
    [0.5, 0.5493061443340549, 4 / 3],
    [1 - 2 ** -27, Math.log(2 ** 28 - 1) / 2, 2 ** 27 / (2 - 2 ** -27)],
    [1 - 2 ** -53, 18.714973875118524, 2 ** 52],
    [1, inf, inf],
    [-1, -inf, inf],
    [1.5, nan],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
