import { binary, refusesBool } from "../support/binary.js";
import { inf, nan, numeric } from "../support/values.js";

export const add = binary({
  name: "add",
  f: (a, b) => a.add(b),
  reference: (a, b) => a - -b,
  points: [
    [-0, -0, -0, 1, 1],
    [0, -0, 0, 1, 1],
    [inf, -inf, nan, 1, 1],
    [nan, 1, nan, 1, 1],
    [1e308, 1e308, inf, 1, 1],
  ],
  errors: [refusesBool((a, b) => a.add(b))],
  dtypes: numeric,
});
