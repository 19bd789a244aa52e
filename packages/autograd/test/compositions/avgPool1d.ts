import { avgPool1d as pool } from "../../src/index.js";
import { exactSum } from "../support/plain.js";
import { poolErrors, poolSamples } from "../support/pooling.js";
import type { OpSamples } from "../support/sample.js";
import { float64, inf, nan } from "../support/values.js";

const record: Parameters<typeof poolSamples>[0] = {
  name: "avgPool1d",
  axes: 1,
  f: (x, size, options) => pool(x, size as number, options as Parameters<typeof pool>[2]),
  fold:
    ({ countIncludePad = true }) =>
    (window) => {
      const inside = window.filter((x) => x !== null);
      return exactSum(inside) / (countIncludePad ? window.length : inside.length);
    },
};

export const avgPool1d: OpSamples = {
  differentiable: true,
  leastRank: 2,
  float32: 1e-6,
  samples: poolSamples(record, [
    [[1, 1, 5], 3, { stride: 2, padding: 1, countIncludePad: false }],
    [[2, 2, 4], 2, { padding: 1, countIncludePad: false }],
    [[2, 4], 2, { padding: 1, countIncludePad: false }],
  ]),
  specials: [
    {
      title: "the padding counts",
      inputs: [float64([[[2, 4]]])],
      apply: (x) => pool(x!, 2, { padding: 1 }),
      value: [[[1, 2]]],
      gradient: [[[[0.5, 0.5]]]],
    },
    {
      title: "the padding does not count",
      inputs: [float64([[[2, 4]]])],
      apply: (x) => pool(x!, 2, { padding: 1, countIncludePad: false }),
      value: [[[2, 4]]],
      gradient: [[[[1, 1]]]],
    },
    {
      title: "NaN and infinity stay in their windows",
      inputs: [float64([[[nan, 1, 1, 2, inf, 1]]])],
      apply: (x) => pool(x!, 2),
      value: [[[nan, 1.5, inf]]],
    },
  ],
  errors: poolErrors(record),
  dtypes: { float32: "float32", int32: null, bool: null },
};
