import { exactSum } from "../support/plain.js";
import { reduction } from "../support/reduction.js";
import { float64, inf, int32, nan } from "../support/values.js";

/** Every pair once: Σ (xᵢ − xⱼ)² over n·(n − 1), which needs no mean. */
const ofPairs = (list: readonly number[]): number =>
  exactSum(list.flatMap((a, i) => list.slice(i + 1).map((b) => (a - b) ** 2))) /
  (list.length * (list.length - 1));

export const variance = reduction({
  name: "variance",
  f: (x, axes, options) => x.variance(axes, options),
  fold: ofPairs,
  smooth: (list) => list.length > 1,
  ofNothing: false,
  rest: {
    float32: 1e-5,
    dtypes: { float32: "float32", int32: null, bool: null },
    specials: [
      {
        title: "of equal values, with any correction",
        inputs: [float64([3, 3, 3])],
        apply: (x) => x!.variance(0, { correction: 0 }),
        value: 0,
        gradient: [[0, 0, 0]],
      },
      {
        title: "biased",
        inputs: [float64([1, 2, 3, 6])],
        apply: (x) => x!.variance(0, { correction: 0 }),
        value: 3.5,
        gradient: [[-1, -0.5, 0, 1.5]],
      },
      {
        title: "with more correction than elements",
        inputs: [float64([1, 3])],
        apply: (x) => x!.variance(0, { correction: 5 }),
        value: inf,
      },
      { title: "of one", inputs: [float64([5])], apply: (x) => x!.variance(), value: nan },
      { title: "of nothing", inputs: [float64([])], apply: (x) => x!.variance(), value: nan },
      {
        title: "far from 0: two passes do not cancel",
        inputs: [float64([1e9 + 1, 1e9 + 2, 1e9 + 3])],
        apply: (x) => x!.variance(),
        value: 1,
        gradient: [[-1, 0, 1]],
      },
    ],
    errors: [
      {
        title: "of integers",
        inputs: [int32([1, 2])],
        apply: (x) => x!.variance(),
        error: "DTypeError",
        says: ["int32", '.cast("float32")'],
      },
    ],
  },
});
