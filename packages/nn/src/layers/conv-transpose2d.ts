import {
  type ConvolutionOptions,
  convTranspose2d,
  type Pair,
  type Tensor,
} from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Convolution, type ConvolutionLayerOptions, convolutionOptions } from "./convolution.js";
import { readOutputPadding } from "./padding.js";

export interface ConvTranspose2dOptions extends ConvolutionLayerOptions<Pair> {
  /** How much is taken off each side of the result; 0 by default. */
  readonly padding?: Pair;
  /** How much longer the result is at its end, less than a stride or a dilation; 0 by default. */
  readonly outputPadding?: Pair;
}

/**
 * The transpose of `Conv2d` as a matrix, which makes images larger: every element spreads over a
 * patch, patches add up. `[N, inChannels, H, W]` (or without N) becomes `[N, outChannels, H', W']`,
 * each side by the formula of `ConvTranspose1d`. The weight is
 * `[inChannels, outChannels / groups, ...kernelSize]`, as in PyTorch.
 * Zeiler, Krishnan, Taylor and Fergus, "Deconvolutional networks", CVPR 2010.
 */
export class ConvTranspose2d extends Convolution<Pair> {
  readonly outputPadding: readonly number[];
  readonly #widths: Required<Pick<ConvTranspose2dOptions, "padding" | "outputPadding">>;

  constructor(options: ConvTranspose2dOptions) {
    checkOptions("ConvTranspose2d", options, [...convolutionOptions, "outputPadding"]);
    super({ name: "ConvTranspose2d", axes: 2, isTransposed: true }, options);
    const { padding = 0, outputPadding = 0 } = options;
    this.#widths = { padding, outputPadding };
    this.outputPadding = readOutputPadding("ConvTranspose2d", outputPadding, this.geometry);
  }

  protected weightedSums(x: Tensor, options: ConvolutionOptions<Pair>): Tensor {
    return convTranspose2d(x, this.weight, { ...options, ...this.#widths });
  }
}
