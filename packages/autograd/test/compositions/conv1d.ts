import { conv1d as convolve } from "../../src/index.js";
import {
  type CallOptions,
  convolution,
  convolutionSamples,
  stepsOf,
} from "../support/convolution.js";
import { convolutionErrors } from "../support/convolution-errors.js";
import type { OpSamples } from "../support/sample.js";
import { float64, inf, nan, numeric } from "../support/values.js";

type Options = Parameters<typeof convolve>[2];

export const conv1d: OpSamples = {
  differentiable: true,
  leastRank: 2,
  float32: 1e-6,
  samples: convolutionSamples({
    name: "conv1d",
    axes: 1,
    f: (x, weight, options) => convolve(x, weight, options as Options),
    reference: (options: CallOptions) => convolution(stepsOf(1, options)),
    calls: [
      [
        [1, 1, 1],
        [1, 1, 1],
      ],
      [
        [1, 1, 3],
        [1, 1, 3],
      ],
      [[1, 1, 4], [2, 1, 2], {}, [2]],
      [
        [2, 3, 5],
        [4, 3, 2],
      ],
      [[1, 2, 17], [2, 2, 4], { stride: 3 }],
      [[2, 2, 3], [3, 2, 2], { padding: 2 }, [3]],
      [[1, 1, 5], [1, 1, 2], { stride: 2 }],
      [[1, 1, 5], [1, 1, 2], { dilation: 3 }],
      [[1, 2, 6], [2, 2, 3], { stride: 2, padding: 1, dilation: 2 }, [2]],
      [[1, 4, 3], [4, 2, 2], { groups: 2 }],
      [[2, 2, 4], [4, 1, 2], { groups: 2, padding: 1 }, [4]],
      [[1, 3, 3], [3, 1, 2], { groups: 3, stride: [2] }],
      [
        [2, 4],
        [3, 2, 2],
      ],
      [[2, 4], [2, 1, 2], { groups: 2 }, [2]],
      [[0, 2, 4], [3, 2, 2], { padding: 1 }],
      [
        [2, 0, 4],
        [3, 0, 2],
      ],
      [
        [2, 2, 4],
        [0, 2, 2],
      ],
      [[1, 1, 0], [2, 1, 2], { padding: 1 }, [2]],
    ],
  }),
  specials: [
    {
      title: "a difference of neighbours, and how often each is used",
      inputs: [float64([[[1, 4, 9, 16]]]), float64([[[-1, 1]]])],
      apply: (x, w) => convolve(x!, w!),
      value: [[[3, 5, 7]]],
      gradient: [[[[-1, 0, 0, 1]]], [[[14, 29]]]],
    },
    {
      title: "NaN and infinity stay in their windows",
      inputs: [float64([[[nan, 1, 1, inf]]]), float64([[[1, 1]]])],
      apply: (x, w) => convolve(x!, w!),
      value: [[[nan, 2, inf]]],
    },
  ],
  errors: convolutionErrors({
    f: (x, weight, options) => convolve(x, weight, options as Options),
    axes: 1,
    isTransposed: false,
  }),
  dtypes: numeric,
};
