import { binary, refusesBool } from "../support/binary.js";
import * as series from "../support/series.js";
import { inf, nan } from "../support/values.js";

/** The angle from the nearer half of an axis: that to the right, or of a quarter turn up or down. */
function angle(a: number, b: number): number {
  const slope = a / b;
  if (b > Math.abs(a)) {
    return series.bisect((y) => series.sin(y) - slope * series.cos(y), -0.8, 0.8);
  }
  const tan = b / a;
  const fromVertical = series.bisect((y) => series.sin(y) - tan * series.cos(y), -1.6, 1.6);
  return (Math.sign(a) * Math.PI) / 2 - fromVertical;
}

export const atan2 = binary({
  name: "atan2",
  f: (a, b) => a.atan2(b),
  reference: angle,
  places: [
    [2, 0],
    [0, 2],
  ],
  points: [
    [0, 0, 0, 0, 0],
    [0, -0, Math.PI, 0, 0],
    [-0, 0, -0, 0, 0],
    [-0, -0, -Math.PI, 0, 0],
    [0, 2, 0, 0.5, 0],
    [0, -2, Math.PI, -0.5, 0],
    [-0, -2, -Math.PI, -0.5, 0],
    [2, 0, Math.PI / 2, 0, -0.5],
    [-2, -0, -Math.PI / 2, 0, 0.5],
    [inf, inf, Math.PI / 4],
    [-inf, -inf, (-3 * Math.PI) / 4],
    [1, inf, 0, undefined, 0],
    [1, -inf, Math.PI, undefined, 0],
    [inf, 1, Math.PI / 2, 0],
    [nan, 1, nan, nan, nan],
    [1, nan, nan, nan, nan],
  ],
  errors: [refusesBool((a, b) => a.atan2(b))],
  dtypes: { float32: "float32", int32: "float32", bool: null },
});
