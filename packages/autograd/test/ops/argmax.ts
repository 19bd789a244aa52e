import { indexOfBest } from "../support/index-of-best.js";
import { float64, inf, nan } from "../support/values.js";

export const argmax = indexOfBest({
  name: "argmax",
  f: (x, axis) => x.argmax(axis),
  order: (a, b) => b - a,
  specials: [
    {
      title: "the first of ties; NaN counts as largest",
      inputs: [
        float64([
          [2, 2, 1],
          [1, nan, inf],
          [-inf, -inf, -inf],
          [0, -0, 0],
          [1, nan, nan],
        ]),
      ],
      apply: (x) => x!.argmax(),
      value: [0, 1, 0, 0, 1],
    },
  ],
});
