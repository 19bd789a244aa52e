import { binary, refusesBool } from "../support/binary.js";
import { inf, nan, numeric } from "../support/values.js";

export const sub = binary({
  name: "sub",
  f: (a, b) => a.sub(b),
  reference: (a, b) => -(b - a),
  points: [
    [-0, 0, -0, 1, -1],
    [inf, inf, nan, 1, -1],
    [nan, 1, nan, 1, -1],
  ],
  errors: [refusesBool((a, b) => a.sub(b))],
  dtypes: numeric,
});
