import { exactSum } from "../support/plain.js";
import { reduction } from "../support/reduction.js";
import { float64, inf, nan, numeric, refusesBool } from "../support/values.js";

export const sum = reduction({
  name: "sum",
  f: (x, axes, options) => x.sum(axes, options),
  fold: exactSum,
  ofNothing: true,
  rest: {
    float32: 1e-6,
    dtypes: numeric,
    errors: [refusesBool((x) => x!.sum()), refusesBool((x) => x!.slice(0).sum())],
    specials: [
      {
        title: "infinities of both signs",
        inputs: [
          float64([
            [inf, 1],
            [inf, -inf],
            [nan, 1],
          ]),
        ],
        apply: (x) => x!.sum(1),
        value: [inf, nan, nan],
        gradient: [
          [
            [1, 1],
            [1, 1],
            [1, 1],
          ],
        ],
      },
      {
        title: "of nothing",
        inputs: [float64([])],
        apply: (x) => x!.sum(),
        value: 0,
        gradient: [[]],
      },
    ],
  },
});
