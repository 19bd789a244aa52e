import { clearOfSteps } from "../support/draw.js";
import { unary } from "../support/unary.js";
import { inf, nan, numeric, refusesBool } from "../support/values.js";

export const round = unary({
  name: "round",
  f: (x) => x.round(),
  reference: (x) => x + 3 * 2 ** 51 - 3 * 2 ** 51,
  draw: clearOfSteps,
  points: [
    [0, 0, 0],
    [-0, -0, 0],
    // A half goes to the even neighbour.
    [0.5, 0, 0],
    [-0.5, -0, 0],
    [1.5, 2, 0],
    [2.5, 2, 0],
    [-1.5, -2, 0],
    [-2.5, -2, 0],
    [0.5 - 2 ** -54, 0, 0],
    [2 ** 52 + 1, 2 ** 52 + 1, 0],
    [-1e300, -1e300, 0],
    [2 ** 53, 2 ** 53, 0],
    [inf, inf, 0],
    [-inf, -inf, 0],
    [nan, nan, 0],
  ],
  errors: [refusesBool((x) => x.round())],
  dtypes: numeric,
});
