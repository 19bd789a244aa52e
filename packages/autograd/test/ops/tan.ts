import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { unary } from "../support/unary.js";
import { analytic, inf, nan } from "../support/values.js";

export const tan = unary({
  name: "tan",
  f: (x) => x.tan(),
  reference: (x) => series.sin(x) / series.cos(x),
  draw: between(-1.4, 1.4),
  points: [
    [0, 0, 1],
    [-0, -0, 1],
    [1e-9, 1e-9, 1],
    [Math.PI / 2, 1.633123935319537e16, 2.667093788113571e32],
    // Exact to the last place wherever the argument lies.
    [1e22, -1.6287782256068988, 3.652918508211158],
    [inf, nan, nan],
    [nan, nan, nan],
  ],
  dtypes: analytic,
});
