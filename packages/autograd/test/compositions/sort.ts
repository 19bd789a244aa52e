import { axisErrors, orderings } from "../support/ordering.js";
import { at, build } from "../support/plain.js";
import type { OpSamples } from "../support/sample.js";
import { any, float64, inf, nan } from "../support/values.js";

export const sort: OpSamples = {
  differentiable: true,
  leastRank: 1,
  samples: orderings(
    "sort",
    (x, axis, options) => x.sort(axis, options),
    // Apart from each other by far more than a difference quotient moves them.
    (random) => Math.floor(1000 * random()) / 50 - 10,
    (x, places, axis) => build(x.shape, (index) => at(x, index.with(axis, at(places, index)))),
  ).map((sample) => ({
    ...sample,
    smooth: new Set(sample.inputs[0]!.toTypedArray()).size === sample.inputs[0]!.size,
  })),
  specials: [
    {
      title: "NaN comes last; each element keeps its gradient",
      inputs: [float64([2, nan, -inf, inf, 2])],
      apply: (x) => x!.sort().mul([1, 2, 3, 4, 5]),
      value: [-inf, 4, 6, inf, nan],
      gradient: [[2, 5, 1, 4, 3]],
    },
    {
      title: "descending: NaN comes first",
      inputs: [float64([2, nan, -inf, inf, 2])],
      apply: (x) => x!.sort(0, { descending: true }).mul([1, 2, 3, 4, 5]),
      value: [nan, inf, 6, 8, -inf],
      gradient: [[3, 1, 5, 2, 4]],
    },
    {
      title: "zeros keep their signs and their order",
      inputs: [float64([0, -0, -1])],
      apply: (x) => x!.sort(),
      value: [-1, 0, -0],
      gradient: [[1, 1, 1]],
    },
  ],
  errors: axisErrors((x, axis) => x.sort(axis)),
  dtypes: any,
};
