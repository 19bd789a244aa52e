import { binary, refusesBool } from "../support/binary.js";
import { dividend, divisor } from "../support/draw.js";
import { inf, nan, numeric } from "../support/values.js";

/** Multiples of b are taken away one at a time, in whole sixteenths. */
function rest(a: number, b: number): number {
  const step = Math.abs(16 * b);
  let left = Math.abs(16 * a);
  while (left >= step) left -= step;
  return (a < 0 ? -left : left) / 16;
}

export const fmod = binary({
  name: "fmod",
  f: (a, b) => a.fmod(b),
  reference: rest,
  draw: [dividend, divisor],
  points: [
    [5, 3, 2, 1, -1],
    [-5, 3, -2, 1, 1],
    [5, -3, 2, 1, 1],
    [-5, -3, -2, 1, -1],
    [3, 3, 0, 1, -1],
    [-3, 3, -0, 1, 1],
    [0, 3, 0, 1, 0],
    [-0, 3, -0, 1, 0],
    // 1 / 0.1 rounds to 10, but 0.1 fits only nine times.
    [1, 0.1, 0.09999999999999995, 1, -9],
    [1, 0, nan, 1],
    [2, inf, 2, 1, 0],
    [-2, inf, -2, 1, 0],
    [inf, 2, nan, 1],
    [nan, 2, nan, 1, nan],
    [2, nan, nan, 1, nan],
  ],
  errors: [refusesBool((a, b) => a.fmod(b))],
  dtypes: numeric,
});
