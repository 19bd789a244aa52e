import { binary, refusesBool } from "../support/binary.js";
import { inf, nan, numeric } from "../support/values.js";

export const mul = binary({
  name: "mul",
  f: (a, b) => a.mul(b),
  reference: (a, b) => a / (1 / b),
  points: [
    [0, -1, -0, -1, 0],
    [0, inf, nan, inf, 0],
    [nan, 2, nan, 2, nan],
    [1e200, 1e200, inf, 1e200, 1e200],
  ],
  errors: [refusesBool((a, b) => a.mul(b))],
  dtypes: numeric,
});
