import { exactSum } from "../support/plain.js";
import { rowwise } from "../support/rowwise.js";
import * as series from "../support/series.js";
import { float64, inf, nan } from "../support/values.js";

export const logSoftmax = rowwise({
  name: "logSoftmax",
  f: (x, axis) => x.logSoftmax(axis),
  reference: (row, place) => -series.log(exactSum(row.map((x) => series.exp(x - row[place]!)))),
  specials: [
    {
      title: "where softmax underflows",
      inputs: [float64([0, -1000])],
      apply: (x) => x!.logSoftmax(),
      value: [0, -1000],
      gradient: [[-1, 1]],
    },
    {
      title: "of large numbers",
      inputs: [float64([1000, 1000])],
      apply: (x) => x!.logSoftmax().slice(0),
      value: -Math.LN2,
      gradient: [[0.5, -0.5]],
    },
    {
      title: "-Infinity takes no part",
      inputs: [float64([-inf, 0])],
      apply: (x) => x!.logSoftmax(),
      value: [-inf, 0],
    },
    {
      title: "of -Infinity alone",
      inputs: [float64([-inf, -inf])],
      apply: (x) => x!.logSoftmax(),
      value: [nan, nan],
    },
  ],
});
