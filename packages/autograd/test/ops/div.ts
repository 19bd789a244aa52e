import { binary, refusesBool } from "../support/binary.js";
import { inf, nan } from "../support/values.js";

export const div = binary({
  name: "div",
  f: (a, b) => a.div(b),
  reference: (a, b) => a * (1 / b),
  points: [
    [1, 0, inf, inf, -inf],
    [1, -0, -inf, -inf, -inf],
    [0, 0, nan, inf, nan],
    [1, inf, 0, 0, -0],
    [nan, 1, nan, 1, nan],
  ],
  errors: [refusesBool((a, b) => a.div(b))],
  dtypes: { float32: "float32", int32: "float32", bool: null },
});
