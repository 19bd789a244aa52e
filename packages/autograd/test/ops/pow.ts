import { binary, refusesBool } from "../support/binary.js";
import { between } from "../support/draw.js";
import * as series from "../support/series.js";
import { inf, nan, numeric } from "../support/values.js";

export const pow = binary({
  name: "pow",
  f: (a, b) => a.pow(b),
  reference: (a, b) => series.exp(b * series.log(a)),
  draw: [between(0.2, 4), between(-3, 3)],
  places: [[3, 0]],
  points: [
    [0, 0, 1, 0, 0],
    [3, 0, 1, 0, Math.log(3)],
    [0, 2, 0, 0, 0],
    [0, 1, 0, 1, 0],
    [0, 0.5, 0, inf, 0],
    [0, -1, inf, -inf, -inf],
    [-2, 3, -8, 12, nan],
    [-2, 2, 4, -4, nan],
    [-2, 0.5, nan, nan, nan],
    [1, inf, 1, inf, 0],
    [1, nan, 1, nan, 0],
    [-1, inf, 1, inf, nan],
    [-1, -inf, 1, -inf, nan],
    [-1, nan, nan, nan, nan],
    [nan, 0, 1, 0, nan],
    [inf, 0, 1, 0, inf],
    [nan, 2, nan, nan, nan],
  ],
  errors: [refusesBool((a, b) => a.pow(b))],
  dtypes: numeric,
});
