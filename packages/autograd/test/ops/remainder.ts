import { binary, refusesBool } from "../support/binary.js";
import { dividend, divisor } from "../support/draw.js";
import { inf, nan, numeric } from "../support/values.js";

/** Multiples of b are added and taken away one at a time, in whole sixteenths. */
function rest(a: number, b: number): number {
  const step = Math.abs(16 * b);
  let left = 16 * a;
  while (left < 0) left += step;
  while (left >= step) left -= step;
  return (b < 0 && left > 0 ? left - step : left) / 16;
}

export const remainder = binary({
  name: "remainder",
  f: (a, b) => a.remainder(b),
  reference: rest,
  draw: [dividend, divisor],
  points: [
    [5, 3, 2, 1, -1],
    [-5, 3, 1, 1, 2],
    [5, -3, -1, 1, 2],
    [-5, -3, -2, 1, -1],
    [3, 3, 0, 1, -1],
    [-3, 3, -0, 1, 1],
    [0, 3, 0, 1, 0],
    [-0, 3, -0, 1, 0],
    // 1 / 0.1 rounds to 10, but 0.1 fits only nine times.
    [1, 0.1, 0.09999999999999995, 1, -9],
    [1, 0, nan, 1],
    [2, inf, 2, 1, 0],
    [-2, inf, inf, 1],
    [inf, 2, nan, 1],
    [nan, 2, nan, 1, nan],
    [2, nan, nan, 1, nan],
  ],
  errors: [refusesBool((a, b) => a.remainder(b))],
  dtypes: numeric,
});
