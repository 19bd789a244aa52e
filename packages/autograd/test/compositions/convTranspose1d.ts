import { conv1d, convTranspose1d as spread } from "../../src/index.js";
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

export const convTranspose1d: OpSamples = {
  differentiable: true,
  leastRank: 2,
  float32: 1e-6,
  samples: convolutionSamples({
    name: "convTranspose1d",
    axes: 1,
    f: (x, weight, options) => spread(x, weight, options as Options),
    reference: (options: CallOptions) =>
      transposedConvolution(stepsOf(1, options), perAxis(1, options.outputPadding ?? 0)),
    calls: [
      [
        [1, 1, 1],
        [1, 1, 1],
      ],
      [
        [1, 1, 3],
        [1, 1, 3],
      ],
      [[1, 1, 4], [1, 2, 2], {}, [2]],
      [
        [2, 3, 5],
        [3, 4, 2],
      ],
      [[1, 2, 5], [2, 2, 4], { stride: 3 }],
      [[2, 2, 3], [2, 3, 2], { padding: 1 }, [3]],
      [[1, 1, 3], [1, 1, 2], { stride: 2, outputPadding: 1 }],
      [[1, 1, 3], [1, 1, 2], { stride: 3, padding: 2, outputPadding: 1 }],
      [[1, 1, 3], [1, 1, 2], { dilation: 3, outputPadding: 2 }],
      [[1, 2, 4], [2, 2, 3], { stride: 2, padding: 1, dilation: 2 }, [2]],
      [[1, 4, 3], [4, 2, 2], { groups: 2 }],
      [[2, 2, 4], [2, 2, 2], { groups: 2, padding: 1 }, [4]],
      [[1, 3, 3], [3, 1, 2], { groups: 3, stride: [2] }],
      [
        [2, 4],
        [2, 3, 2],
      ],
      [[2, 4], [2, 1, 2], { groups: 2 }, [2]],
      [
        [0, 2, 4],
        [2, 3, 2],
      ],
      [
        [2, 0, 4],
        [0, 3, 2],
      ],
      [
        [2, 2, 4],
        [2, 0, 2],
      ],
    ],
  }),
  specials: [
    {
      title: "spreads each number over a window",
      inputs: [float64([[[1, 2]]]), float64([[[10, 1]]])],
      apply: (x, w) => spread(x!, w!),
      value: [[[10, 21, 2]]],
      gradient: [[[[11, 11]]], [[[3, 3]]]],
    },
    {
      title: "is the adjoint of conv1d: ⟨conv(x), y⟩ = ⟨x, convTranspose(y)⟩",
      inputs: [float64([[[1, -2, 3, 5, -7]]]), float64([[[2, 3]]]), float64([[[1, 4, -2]]])],
      apply: (x, w, y) => {
        const options = { stride: 2, padding: 1 };
        const back = spread(y!, w!, { ...options, outputPadding: 1 });
        return conv1d(x!, w!, options).mul(y!).sum().sub(back.mul(x!).sum());
      },
      value: 0,
    },
  ],
  errors: [
    ...convolutionErrors({
      f: (x, weight, options) => spread(x, weight, options as Options),
      axes: 1,
      isTransposed: true,
    }),
    {
      title: "an output padding as long as the stride",
      inputs: [float64([[[1, 2]]]), float64([[[1, 1]]])],
      apply: (x, w) => spread(x!, w!, { stride: 2, outputPadding: 2 }),
      error: "ValueError",
      says: ["outputPadding = 2", "stride 2", "dilation 1"],
    },
    {
      title: "padding that leaves nothing",
      inputs: [float64([[[1, 2]]]), float64([[[1, 1]]])],
      apply: (x, w) => spread(x!, w!, { padding: 2 }),
      error: "ShapeError",
      says: ["padding = 2", "all 3 places of axis 2"],
    },
  ],
  dtypes: numeric,
};
