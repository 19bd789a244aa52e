import { binary, refusesBool } from "../support/binary.js";
import { inf, nan, numeric } from "../support/values.js";

export const maximum = binary({
  name: "maximum",
  f: (a, b) => a.maximum(b),
  reference: (a, b) => (a + b + Math.abs(a - b)) / 2,
  points: [
    [2, 2, 2, 0.5, 0.5],
    [0, -0, 0, 0.5, 0.5],
    [inf, inf, inf, 0.5, 0.5],
    [-inf, 1, 1, 0, 1],
    [nan, 1, nan],
    [1, nan, nan],
  ],
  errors: [refusesBool((a, b) => a.maximum(b))],
  dtypes: numeric,
});
