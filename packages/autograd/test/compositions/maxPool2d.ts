import { maxPool2d as pool } from "../../src/index.js";
import { poolErrors, poolSamples } from "../support/pooling.js";
import type { OpSamples } from "../support/sample.js";
import { float64, inf, nan } from "../support/values.js";

type Arguments = Parameters<typeof pool>;

const record: Parameters<typeof poolSamples>[0] = {
  name: "maxPool2d",
  axes: 2,
  f: (x, size, options) => pool(x, size as Arguments[1], options as Arguments[2]),
  fold: () => (window) => Math.max(...window.filter((x) => x !== null)),
};

export const maxPool2d: OpSamples = {
  differentiable: true,
  leastRank: 3,
  samples: poolSamples(record, [
    [[1, 1, 4, 4], 2],
    [[1, 2, 4, 5], [2, 3], { stride: [1, 2] }],
    [[1, 1, 5, 4], [2, 2], { dilation: [3, 2], stride: 1 }],
    [[1, 1, 3, 4], 3, { padding: 1, stride: 2 }],
    [[2, 3, 3], 2],
  ]),
  specials: [
    {
      title: "ties: all to the first, row by row",
      inputs: [
        float64([
          [
            [1, 2],
            [2, 2],
          ],
        ]),
      ],
      apply: (x) => pool(x!, 2),
      value: [[[2]]],
      gradient: [
        [
          [
            [0, 1],
            [0, 0],
          ],
        ],
      ],
    },
    {
      title: "-Infinity beside the padding: the gradient is the input's",
      inputs: [
        float64([
          [
            [-inf, -inf],
            [-inf, -inf],
          ],
        ]),
      ],
      apply: (x) => pool(x!, 2, { padding: 1 }),
      value: [
        [
          [-inf, -inf],
          [-inf, -inf],
        ],
      ],
      gradient: [
        [
          [
            [1, 1],
            [1, 1],
          ],
        ],
      ],
    },
    {
      title: "NaN counts as largest",
      inputs: [
        float64([
          [
            [1, nan],
            [inf, 2],
          ],
        ]),
      ],
      apply: (x) => pool(x!, 2),
      value: [[[nan]]],
    },
  ],
  errors: poolErrors(record),
  dtypes: { float32: "float32", int32: null, bool: null },
};
