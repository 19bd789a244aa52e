import { exactSum } from "../support/plain.js";
import { rowwise } from "../support/rowwise.js";
import * as series from "../support/series.js";
import { float64, inf, nan } from "../support/values.js";

export const softmax = rowwise({
  name: "softmax",
  f: (x, axis) => x.softmax(axis),
  reference: (row, place) => 1 / exactSum(row.map((x) => series.exp(x - row[place]!))),
  specials: [
    {
      title: "of large numbers",
      inputs: [float64([1000, 1000, -1000])],
      apply: (x) => x!.softmax(),
      value: [0.5, 0.5, 0],
      gradient: [[0, 0, 0]],
    },
    {
      title: "-Infinity takes no part",
      inputs: [float64([-inf, 0, 0])],
      apply: (x) => x!.softmax().slice(1),
      value: 0.5,
      gradient: [[0, 0.25, -0.25]],
    },
    {
      title: "of -Infinity alone",
      inputs: [float64([-inf, -inf])],
      apply: (x) => x!.softmax(),
      value: [nan, nan],
    },
    {
      title: "of NaN",
      inputs: [float64([nan, 1])],
      apply: (x) => x!.softmax(),
      value: [nan, nan],
    },
  ],
});
