import { binary, refusesBool } from "../support/binary.js";
import { inf, nan, numeric } from "../support/values.js";

export const minimum = binary({
  name: "minimum",
  f: (a, b) => a.minimum(b),
  reference: (a, b) => (a + b - Math.abs(a - b)) / 2,
  points: [
    [2, 2, 2, 0.5, 0.5],
    [0, -0, -0, 0.5, 0.5],
    [-inf, -inf, -inf, 0.5, 0.5],
    [-inf, 1, -inf, 1, 0],
    [nan, 1, nan],
    [1, nan, nan],
  ],
  errors: [refusesBool((a, b) => a.minimum(b))],
  dtypes: numeric,
});
