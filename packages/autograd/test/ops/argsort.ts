import { axisErrors, orderings } from "../support/ordering.js";
import type { OpSamples } from "../support/sample.js";
import { float64, inf, nan } from "../support/values.js";

export const argsort: OpSamples = {
  differentiable: false,
  leastRank: 1,
  samples: orderings(
    "argsort",
    (x, axis, options) => x.argsort(axis, options),
    (random) => Math.floor(4 * random()),
    (_, places) => places,
  ),
  specials: [
    {
      title: "ties stay in order, NaN comes last",
      inputs: [float64([2, nan, 1, 2, inf, nan, -inf, 1])],
      apply: (x) => x!.argsort(),
      value: [6, 2, 7, 0, 3, 4, 1, 5],
    },
    {
      title: "descending: NaN comes first, ties stay in order",
      inputs: [float64([2, nan, 1, 2, inf, nan, -inf, 1])],
      apply: (x) => x!.argsort(0, { descending: true }),
      value: [1, 5, 4, 0, 3, 2, 7, 6],
    },
    {
      title: "0 and -0 are equal",
      inputs: [float64([0, -0, 0, -0])],
      apply: (x) => x!.argsort(),
      value: [0, 1, 2, 3],
    },
  ],
  errors: axisErrors((x, axis) => x.argsort(axis)),
  dtypes: { float32: "int32", int32: "int32", bool: "int32" },
};
