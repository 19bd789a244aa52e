import { exactSum } from "../support/plain.js";
import { reduction } from "../support/reduction.js";
import * as series from "../support/series.js";
import { float64, inf, int32, nan } from "../support/values.js";

export const logSumExp = reduction({
  name: "logSumExp",
  f: (x, axes, options) => x.logSumExp(axes, options),
  fold: (list) => series.log(exactSum(list.map(series.exp))),
  ofNothing: false,
  rest: {
    float32: 1e-6,
    dtypes: { float32: "float32", int32: null, bool: null },
    specials: [
      {
        title: "of large numbers",
        inputs: [float64([1000, 1000])],
        apply: (x) => x!.logSumExp(),
        value: 1000 + Math.LN2,
        gradient: [[0.5, 0.5]],
      },
      {
        title: "of small numbers",
        inputs: [float64([-1000, -1000])],
        apply: (x) => x!.logSumExp(),
        value: -1000 + Math.LN2,
        gradient: [[0.5, 0.5]],
      },
      {
        title: "of -Infinity beside a number",
        inputs: [float64([-inf, 2])],
        apply: (x) => x!.logSumExp(),
        value: 2,
        gradient: [[0, 1]],
      },
      {
        title: "of -Infinity alone",
        inputs: [float64([-inf, -inf])],
        apply: (x) => x!.logSumExp(),
        value: -inf,
        gradient: [[nan, nan]],
      },
      {
        title: "with Infinity",
        inputs: [float64([inf, 1])],
        apply: (x) => x!.logSumExp(),
        value: inf,
      },
      { title: "of NaN", inputs: [float64([nan, 1])], apply: (x) => x!.logSumExp(), value: nan },
      { title: "of nothing", inputs: [float64([])], apply: (x) => x!.logSumExp(), value: -inf },
      {
        title: "of nothing in each row, with the axis kept",
        inputs: [float64([]).reshape([2, 0])],
        apply: (x) => x!.logSumExp(1, { keepDims: true }),
        value: [[-inf], [-inf]],
      },
    ],
    errors: [
      {
        title: "of integers",
        inputs: [int32([1, 2])],
        apply: (x) => x!.logSumExp(),
        error: "DTypeError",
        says: ["int32", '.cast("float32")'],
      },
    ],
  },
});
