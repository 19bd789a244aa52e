import { cumulative } from "../support/cumulative.js";
import { exactSum } from "../support/plain.js";
import { float64, inf, nan } from "../support/values.js";

export const cumsum = cumulative({
  name: "cumsum",
  f: (x, axis, options) => x.cumsum(axis, options),
  fold: exactSum,
  specials: [
    {
      title: "infinities and NaN stay",
      inputs: [float64([1, inf, -inf, 1])],
      apply: (x) => x!.cumsum(0),
      value: [1, inf, nan, nan],
      gradient: [[4, 3, 2, 1]],
    },
    {
      title: "the sign of 0",
      inputs: [float64([-0, -0, 0, -0])],
      apply: (x) => x!.cumsum(0),
      value: [-0, -0, 0, 0],
    },
    {
      title: "small terms after a large one are not lost: the sum is carried in float64",
      inputs: [float64([2 ** 24, 1, 1, 1, 1])],
      apply: (x) => x!.cumsum(0).slice([2, null, 2]),
      value: [2 ** 24 + 2, 2 ** 24 + 4],
      gradient: [[2, 2, 2, 1, 1]],
    },
  ],
});
