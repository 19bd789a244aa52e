import { type ConvolutionOptions, convTranspose1d, type Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Convolution, type ConvolutionLayerOptions, convolutionOptions } from "./convolution.js";
import { readOutputPadding } from "./padding.js";

export interface ConvTranspose1dOptions extends ConvolutionLayerOptions<number> {
  /** How much is taken off each side of the result; 0 by default. */
  readonly padding?: number;
  /** How much longer the result is at its end, less than a stride or a dilation; 0 by default. */
  readonly outputPadding?: number;
}

/**
 * The transpose of `Conv1d` as a matrix: every element spreads over a window, windows add up.
 * `[N, inChannels, L]` (or without N) becomes `[N, outChannels, L']` with
 * `L' = (L − 1)·stride − 2·padding + dilation·(kernelSize − 1) + outputPadding + 1`. The weight is
 * `[inChannels, outChannels / groups, kernelSize]`, as in PyTorch.
 */
export class ConvTranspose1d extends Convolution<number> {
  readonly outputPadding: readonly number[];
  readonly #widths: Required<Pick<ConvTranspose1dOptions, "padding" | "outputPadding">>;

  constructor(options: ConvTranspose1dOptions) {
    checkOptions("ConvTranspose1d", options, [...convolutionOptions, "outputPadding"]);
    super({ name: "ConvTranspose1d", axes: 1, isTransposed: true }, options);
    const { padding = 0, outputPadding = 0 } = options;
    this.#widths = { padding, outputPadding };
    this.outputPadding = readOutputPadding("ConvTranspose1d", outputPadding, this.geometry);
  }

  protected weightedSums(x: Tensor, options: ConvolutionOptions<number>): Tensor {
    return convTranspose1d(x, this.weight, { ...options, ...this.#widths });
  }
}
