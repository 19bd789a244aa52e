import { indexOfBest } from "../families/extremes.js";
import { compare } from "../numerics/order.js";

/**
 * The index of the largest element along an axis, as int32. Of ties it is the first, and NaN counts
 * as largest.
 */
export const argmax = indexOfBest({
  name: "argmax",
  formula: { forward: "y = the index of max x", vjp: ["none"] },
  isBetter: (value, best) => compare(value, best) > 0,
});
