import { type ConvolutionOptions, conv1d, type Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Convolution, type ConvolutionLayerOptions, convolutionOptions } from "./convolution.js";
import { checkFits } from "./geometry.js";
import { padded } from "./padding.js";

export type Conv1dOptions = ConvolutionLayerOptions<number>;

/**
 * Neurons that see a window of a sequence each, all of a channel with the same weights:
 * `[N, inChannels, L]` (or without N) becomes `[N, outChannels, L']` with
 * `L' = (L + padding − span) / stride + 1`, rounded down, where padding counts both sides and
 * `span = dilation·(kernelSize − 1) + 1`. The cross-correlation, as in PyTorch.
 */
export class Conv1d extends Convolution<number> {
  constructor(options: Conv1dOptions) {
    checkOptions("Conv1d", options, convolutionOptions);
    super({ name: "Conv1d", axes: 1, isTransposed: false }, options);
  }

  protected weightedSums(x: Tensor, options: ConvolutionOptions): Tensor {
    checkFits("Conv1d", x, this.geometry);
    return conv1d(padded(x, this.geometry.padding), this.weight, options);
  }
}
