import { type ConvolutionOptions, conv2d, type Pair, type Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Convolution, type ConvolutionLayerOptions, convolutionOptions } from "./convolution.js";
import { checkFits } from "./geometry.js";
import { padded } from "./padding.js";

export type Conv2dOptions = ConvolutionLayerOptions<Pair>;

/**
 * Neurons that see a patch of an image each, all of a channel with the same weights:
 * `[N, inChannels, H, W]` (or without N) becomes `[N, outChannels, H', W']`, where each side is
 * `(side + padding − span) / stride + 1`, rounded down, as in `Conv1d`. The cross-correlation.
 * LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition",
 * Proceedings of the IEEE, 1998.
 */
export class Conv2d extends Convolution<Pair> {
  constructor(options: Conv2dOptions) {
    checkOptions("Conv2d", options, convolutionOptions);
    super({ name: "Conv2d", axes: 2, isTransposed: false }, options);
  }

  protected weightedSums(x: Tensor, options: ConvolutionOptions<Pair>): Tensor {
    checkFits("Conv2d", x, this.geometry);
    return conv2d(padded(x, this.geometry.padding), this.weight, options);
  }
}
