import { exactSum } from "../support/plain.js";
import { reduction } from "../support/reduction.js";
import { float64, int32, nan } from "../support/values.js";

export const mean = reduction({
  name: "mean",
  f: (x, axes, options) => x.mean(axes, options),
  fold: (list) => exactSum(list) / list.length,
  ofNothing: true,
  rest: {
    float32: 1e-6,
    dtypes: { float32: "float32", int32: null, bool: null },
    specials: [
      {
        title: "of nothing",
        inputs: [float64([])],
        apply: (x) => x!.mean(),
        value: nan,
        gradient: [[]],
      },
    ],
    errors: [
      {
        title: "of integers",
        inputs: [int32([1, 2])],
        apply: (x) => x!.mean(),
        error: "DTypeError",
        says: ["int32", '.cast("float32")'],
      },
    ],
  },
});
