import { convTranspose2d as spread } from "../../src/index.js";
import {
  type CallOptions,
  convolutionSamples,
  perAxis,
  stepsOf,
  transposedConvolution,
} from "../support/convolution.js";
import { convolutionErrors } from "../support/convolution-errors.js";
import type { OpSamples } from "../support/sample.js";
import { float64, numeric } from "../support/values.js";

type Options = Parameters<typeof spread>[2];

export const convTranspose2d: OpSamples = {
  differentiable: true,
  leastRank: 3,
  float32: 1e-6,
  samples: convolutionSamples({
    name: "convTranspose2d",
    axes: 2,
    f: (x, weight, options) => spread(x, weight, options as Options),
    reference: (options: CallOptions) =>
      transposedConvolution(stepsOf(2, options), perAxis(2, options.outputPadding ?? 0)),
    calls: [
      [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
      [
        [1, 1, 2, 2],
        [1, 1, 2, 2],
      ],
      [[1, 1, 2, 2], [1, 2, 1, 2], {}, [2]],
      [
        [2, 3, 2, 3],
        [3, 2, 2, 2],
      ],
      [[1, 2, 2, 3], [2, 1, 2, 3], { stride: [3, 2] }],
      [[1, 2, 3, 2], [2, 2, 2, 3], { padding: [1, 0] }, [2]],
      [[1, 1, 2, 3], [1, 1, 2, 2], { stride: 2, outputPadding: [1, 0] }],
      [[1, 1, 2, 2], [1, 1, 2, 2], { stride: [3, 1], padding: 1, outputPadding: [2, 0] }],
      [[1, 1, 2, 2], [1, 1, 2, 2], { dilation: [1, 3] }],
      [[1, 2, 2, 3], [2, 2, 2, 2], { stride: 2, padding: 1, dilation: 2 }, [2]],
      [[1, 4, 2, 2], [4, 1, 2, 1], { groups: 2 }],
      [[1, 2, 2, 2], [2, 2, 2, 2], { groups: 2 }, [4]],
      [
        [2, 2, 3],
        [2, 2, 2, 2],
      ],
      [
        [0, 2, 2, 2],
        [2, 1, 2, 2],
      ],
      [
        [1, 0, 2, 2],
        [0, 1, 2, 2],
      ],
      [
        [1, 1, 2, 2],
        [1, 0, 2, 2],
      ],
    ],
  }),
  specials: [
    {
      title: "spreads each number over a square",
      inputs: [
        float64([[[1, 2]]]),
        float64([
          [
            [
              [1, 10],
              [100, 1000],
            ],
          ],
        ]),
      ],
      apply: (x, w) => spread(x!, w!),
      value: [
        [
          [1, 12, 20],
          [100, 1200, 2000],
        ],
      ],
      gradient: [
        [[[1111, 1111]]],
        [
          [
            [
              [3, 3],
              [3, 3],
            ],
          ],
        ],
      ],
    },
  ],
  errors: convolutionErrors({
    f: (x, weight, options) => spread(x, weight, options as Options),
    axes: 2,
    isTransposed: true,
  }),
  dtypes: numeric,
};
