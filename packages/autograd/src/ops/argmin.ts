import { indexOfBest } from "../families/extremes.js";
import { compare } from "../numerics/order.js";

/**
 * The index of the smallest element along an axis, as int32. Of ties it is the first; NaN counts
 * as largest, so that it is where a sort would begin.
 */
export const argmin = indexOfBest({
  name: "argmin",
  formula: { forward: "y = the index of min x", vjp: ["none"] },
  isBetter: (value, best) => compare(value, best) < 0,
});
