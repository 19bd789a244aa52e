import { indexOfBest } from "../support/index-of-best.js";
import { float64, inf, nan } from "../support/values.js";

export const argmin = indexOfBest({
  name: "argmin",
  f: (x, axis) => x.argmin(axis),
  order: (a, b) => a - b,
  specials: [
    {
      title: "the first of ties; NaN counts as largest",
      inputs: [
        float64([
          [2, 1, 1],
          [nan, inf, inf],
          [inf, inf, inf],
          [0, -0, 0],
          [nan, nan, nan],
        ]),
      ],
      apply: (x) => x!.argmin(),
      value: [1, 1, 0, 0, 0],
    },
  ],
});
