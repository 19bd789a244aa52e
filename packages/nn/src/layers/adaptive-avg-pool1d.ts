import type { Tensor } from "@neurite/autograd";
import { Module } from "../module.js";
import { checkOptions } from "../option-names.js";
import { adaptiveMean } from "./adaptive-mean.js";
import { checkInput, perAxis } from "./geometry.js";

export interface AdaptiveAvgPool1dOptions {
  /** The sides of the result; 1 makes the mean of each channel: global average pooling. */
  readonly outputSize: number;
}

/**
 * The means of windows that cover a sequence evenly, however long it is: `[N, C, L]` (or without N)
 * becomes `[N, C, outputSize]`. Windows overlap where outputSize does not divide L.
 */
export class AdaptiveAvgPool1d extends Module {
  readonly outputSize: readonly number[];

  constructor(options: AdaptiveAvgPool1dOptions) {
    super();
    const { outputSize } = checkOptions("AdaptiveAvgPool1d", options, ["outputSize"]);
    this.outputSize = perAxis("AdaptiveAvgPool1d", "outputSize", outputSize, 1);
  }

  forward(x: Tensor): Tensor {
    checkInput("AdaptiveAvgPool1d", x, 1);
    const first = x.rank - 1;
    return this.outputSize.reduce((y, count, i) => adaptiveMean(y, first + i, count), x);
  }
}
