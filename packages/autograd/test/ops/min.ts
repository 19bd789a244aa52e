import { reduction, refusesNothing } from "../support/reduction.js";
import { any, float64, inf, nan } from "../support/values.js";

export const min = reduction({
  name: "min",
  f: (x, axes, options) => x.min(axes, options),
  fold: (list) => list.toSorted((a, b) => a - b)[0]!,
  // Unless the smallest is there twice.
  smooth: (list) => list.filter((x) => x === Math.min(...list)).length === 1,
  ofNothing: false,
  rest: {
    dtypes: any,
    errors: [refusesNothing((x, axes) => x.min(axes))],
    specials: [
      {
        title: "ties share the gradient, which sums to 1",
        inputs: [
          float64([
            [3, 1, 1],
            [2, 2, 2],
            [0, -0, 1],
          ]),
        ],
        apply: (x) => x!.min(1),
        value: [1, 2, -0],
        gradient: [
          [
            [0, 0.5, 0.5],
            [1 / 3, 1 / 3, 1 / 3],
            [0.5, 0.5, 0],
          ],
        ],
      },
      {
        title: "ties over all axes",
        inputs: [
          float64([
            [1, 4],
            [1, 1],
          ]),
        ],
        apply: (x) => x!.min(),
        value: 1,
        gradient: [
          [
            [1 / 3, 0],
            [1 / 3, 1 / 3],
          ],
        ],
      },
      {
        title: "infinities",
        inputs: [
          float64([
            [inf, inf],
            [-inf, 1],
          ]),
        ],
        apply: (x) => x!.min(1),
        value: [inf, -inf],
        gradient: [
          [
            [0.5, 0.5],
            [1, 0],
          ],
        ],
      },
      {
        title: "NaN wherever it stands",
        inputs: [
          float64([
            [nan, 1, 2],
            [1, nan, 2],
            [1, 2, nan],
          ]),
        ],
        apply: (x) => x!.min(1),
        value: [nan, nan, nan],
      },
    ],
  },
});
