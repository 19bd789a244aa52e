import { avgPool2d as pool } from "../../src/index.js";
import { exactSum } from "../support/plain.js";
import { poolErrors, poolSamples } from "../support/pooling.js";
import type { OpSamples } from "../support/sample.js";
import { float64 } from "../support/values.js";

type Arguments = Parameters<typeof pool>;

const record: Parameters<typeof poolSamples>[0] = {
  name: "avgPool2d",
  axes: 2,
  f: (x, size, options) => pool(x, size as Arguments[1], options as Arguments[2]),
  fold:
    ({ countIncludePad = true }) =>
    (window) => {
      const inside = window.filter((x) => x !== null);
      return exactSum(inside) / (countIncludePad ? window.length : inside.length);
    },
};

export const avgPool2d: OpSamples = {
  differentiable: true,
  leastRank: 3,
  float32: 1e-6,
  samples: poolSamples(record, [
    [[1, 1, 4, 4], 2],
    [[1, 2, 4, 5], [2, 3], { stride: [1, 2] }],
    [[1, 1, 3, 4], 3, { padding: 1, stride: 2 }],
    [[1, 1, 3, 4], 3, { padding: 1, stride: 2, countIncludePad: false }],
    [[2, 3, 3], 2, { padding: [1, 0], countIncludePad: false }],
  ]),
  specials: [
    {
      title: "the padding counts, or not",
      inputs: [
        float64([
          [
            [4, 8],
            [12, 16],
          ],
        ]),
      ],
      apply: (x) => {
        const counted = pool(x!, 2, { padding: 1 });
        return counted.sub(pool(x!, 2, { padding: 1, countIncludePad: false }));
      },
      value: [
        [
          [-3, -6],
          [-9, -12],
        ],
      ],
      gradient: [
        [
          [
            [-0.75, -0.75],
            [-0.75, -0.75],
          ],
        ],
      ],
    },
  ],
  errors: poolErrors(record),
  dtypes: { float32: "float32", int32: null, bool: null },
};
