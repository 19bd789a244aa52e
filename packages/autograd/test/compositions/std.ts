import { exactSum } from "../support/plain.js";
import { reduction } from "../support/reduction.js";
import { float64, inf, int32, nan } from "../support/values.js";

/** By pairs: n·(n − 1)·s² = Σ (xᵢ − xⱼ)² over i < j, which needs no mean. */
const byPairs = (list: readonly number[]): number => {
  const squares = list.flatMap((a, i) => list.slice(i + 1).map((b) => (a - b) ** 2));
  return Math.sqrt(exactSum(squares) / (list.length * (list.length - 1)));
};

export const std = reduction({
  name: "std",
  f: (x, axes, options) => x.std(axes, options),
  fold: byPairs,
  // The root has a corner where all elements are equal.
  smooth: (list) => new Set(list).size > 1,
  ofNothing: false,
  rest: {
    float32: 1e-5,
    dtypes: { float32: "float32", int32: null, bool: null },
    specials: [
      {
        title: "of equal values: no slope",
        inputs: [
          float64([
            [3, 3, 3],
            [0, 0, -0],
          ]),
        ],
        apply: (x) => x!.std(1),
        value: [0, 0],
        gradient: [
          [
            [0, 0, 0],
            [0, 0, 0],
          ],
        ],
      },
      {
        title: "of equal values beside others",
        inputs: [
          float64([
            [3, 3],
            [1, 3],
          ]),
        ],
        apply: (x) => x!.std(1, { correction: 0 }),
        value: [0, 1],
        gradient: [
          [
            [0, 0],
            [-0.5, 0.5],
          ],
        ],
      },
      {
        title: "without a correction",
        inputs: [float64([1, 1, 5, 5])],
        apply: (x) => x!.std(0, { correction: 0 }),
        value: 2,
        gradient: [[-0.25, -0.25, 0.25, 0.25]],
      },
      {
        title: "with more correction than elements",
        inputs: [float64([1, 3])],
        apply: (x) => x!.std(0, { correction: 5 }),
        value: inf,
      },
      {
        title: "of one without a correction",
        inputs: [float64([5])],
        apply: (x) => x!.std(0, { correction: 0 }),
        value: 0,
        gradient: [[0]],
      },
      { title: "of one", inputs: [float64([5])], apply: (x) => x!.std(), value: nan },
      { title: "of nothing", inputs: [float64([])], apply: (x) => x!.std(), value: nan },
      { title: "of NaN", inputs: [float64([nan, 1])], apply: (x) => x!.std(), value: nan },
      {
        title: "far from 0: two passes do not cancel",
        inputs: [float64([1e9 + 1, 1e9 + 2, 1e9 + 3])],
        apply: (x) => x!.std(),
        value: 1,
        gradient: [[-0.5, 0, 0.5]],
      },
    ],
    errors: [
      {
        title: "of integers",
        inputs: [int32([1, 2])],
        apply: (x) => x!.std(),
        error: "DTypeError",
        says: ["int32", '.cast("float32")'],
      },
    ],
  },
});
