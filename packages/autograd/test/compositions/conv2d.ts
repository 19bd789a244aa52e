import { conv2d as convolve } from "../../src/index.js";
import {
  type CallOptions,
  convolution,
  convolutionSamples,
  stepsOf,
} from "../support/convolution.js";
import { convolutionErrors } from "../support/convolution-errors.js";
import type { OpSamples } from "../support/sample.js";
import { float64, numeric } from "../support/values.js";

type Options = Parameters<typeof convolve>[2];

export const conv2d: OpSamples = {
  differentiable: true,
  leastRank: 3,
  float32: 1e-6,
  samples: convolutionSamples({
    name: "conv2d",
    axes: 2,
    f: (x, weight, options) => convolve(x, weight, options as Options),
    reference: (options: CallOptions) => convolution(stepsOf(2, options)),
    calls: [
      [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
      [
        [1, 1, 3, 3],
        [1, 1, 2, 2],
      ],
      [[1, 1, 2, 3], [1, 1, 2, 2], {}, [1]],
      [
        [2, 3, 4, 5],
        [2, 3, 3, 2],
      ],
      [[1, 2, 5, 3], [2, 2, 2, 2], { stride: [2, 1] }],
      [[1, 1, 3, 4], [2, 1, 2, 3], { padding: [1, 2] }, [2]],
      [[1, 1, 5, 4], [1, 1, 2, 2], { dilation: [3, 2] }],
      [[1, 2, 4, 5], [2, 2, 2, 2], { stride: 2, padding: 1, dilation: 2 }, [2]],
      [[1, 4, 2, 3], [4, 2, 2, 2], { groups: 2 }],
      [[2, 2, 3, 2], [4, 1, 2, 1], { groups: 2, padding: [0, 1] }, [4]],
      [
        [2, 3, 4],
        [2, 2, 2, 2],
      ],
      [[2, 3, 4], [2, 1, 2, 2], { groups: 2 }, [2]],
      [
        [0, 1, 3, 3],
        [2, 1, 2, 2],
      ],
      [
        [1, 0, 3, 3],
        [2, 0, 2, 2],
      ],
      [
        [1, 1, 3, 3],
        [0, 1, 2, 2],
      ],
      [[1, 1, 0, 3], [1, 1, 2, 2], { padding: 1 }],
      [[1, 1, 17, 1], [1, 1, 4, 1], { stride: [3, 1] }],
    ],
  }),
  specials: [
    {
      title: "the sum of each square of four",
      inputs: [
        float64([
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ]),
        float64([
          [
            [
              [1, 1],
              [1, 1],
            ],
          ],
        ]),
      ],
      apply: (x, w) => convolve(x!, w!),
      value: [[[12, 16]]],
      gradient: [
        [
          [
            [1, 2, 1],
            [1, 2, 1],
          ],
        ],
        [
          [
            [
              [3, 5],
              [9, 11],
            ],
          ],
        ],
      ],
    },
  ],
  errors: convolutionErrors({
    f: (x, weight, options) => convolve(x, weight, options as Options),
    axes: 2,
    isTransposed: false,
  }),
  dtypes: numeric,
};
