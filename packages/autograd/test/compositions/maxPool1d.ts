import { maxPool1d as pool } from "../../src/index.js";
import { poolErrors, poolSamples } from "../support/pooling.js";
import type { OpSamples } from "../support/sample.js";
import { float64, inf, nan } from "../support/values.js";

const record: Parameters<typeof poolSamples>[0] = {
  name: "maxPool1d",
  axes: 1,
  f: (x, size, options) => pool(x, size as number, options as Parameters<typeof pool>[2]),
  fold: () => (window) => Math.max(...window.filter((x) => x !== null)),
};

export const maxPool1d: OpSamples = {
  differentiable: true,
  leastRank: 2,
  samples: poolSamples(record, [
    [[1, 1, 5], 2, { dilation: 3, stride: 1 }],
    [[1, 2, 6], 3, { dilation: 2, stride: 2, padding: 2 }],
  ]),
  specials: [
    {
      title: "ties: all to the first",
      inputs: [float64([[[2, 2, 1, 3, 3, 3]]])],
      apply: (x) => pool(x!, 3),
      value: [[[2, 3]]],
      gradient: [[[[1, 0, 0, 1, 0, 0]]]],
    },
    {
      title: "the padding is below every number",
      inputs: [float64([[[-5, -7]]])],
      apply: (x) => pool(x!, 2, { padding: 1 }),
      value: [[[-5, -7]]],
      gradient: [[[[1, 1]]]],
    },
    {
      title: "-Infinity beside the padding: the gradient is the input's",
      inputs: [float64([[[-inf, -inf, -inf]]])],
      apply: (x) => pool(x!, 2, { padding: 1 }),
      value: [[[-inf, -inf]]],
      gradient: [[[[1, 1, 0]]]],
    },
    {
      title: "NaN counts as largest, beside infinity and beside the padding",
      inputs: [float64([[[nan, inf, nan, 1]]])],
      apply: (x) => pool(x!, 2, { padding: 1 }),
      value: [[[nan, nan, 1]]],
    },
  ],
  errors: [
    ...poolErrors(record),
    {
      title: "a dilation of 0",
      inputs: [float64([[[1, 2]]])],
      apply: (x) => pool(x!, 1, { dilation: 0 }),
      error: "ValueError",
      says: ["dilation = 0", "at least 1"],
    },
  ],
  dtypes: { float32: "float32", int32: null, bool: null },
};
