import type { Pair, Tensor } from "@neurite/autograd";
import { Module } from "../module.js";
import { checkOptions } from "../option-names.js";
import { adaptiveMean } from "./adaptive-mean.js";
import { checkInput, perAxis } from "./geometry.js";

export interface AdaptiveAvgPool2dOptions {
  /** The sides of the result; 1 makes the mean of each channel: global average pooling. */
  readonly outputSize: Pair;
}

/**
 * The means of windows that cover an image evenly, however large it is: `[N, C, H, W]` (or without
 * N) becomes `[N, C, ...outputSize]`. Windows overlap where outputSize does not divide a side.
 * With outputSize 1, Lin, Chen and Yan, "Network in network", ICLR 2014.
 */
export class AdaptiveAvgPool2d extends Module {
  readonly outputSize: readonly number[];

  constructor(options: AdaptiveAvgPool2dOptions) {
    super();
    const { outputSize } = checkOptions("AdaptiveAvgPool2d", options, ["outputSize"]);
    this.outputSize = perAxis("AdaptiveAvgPool2d", "outputSize", outputSize, 2);
  }

  forward(x: Tensor): Tensor {
    checkInput("AdaptiveAvgPool2d", x, 2);
    const first = x.rank - 2;
    return this.outputSize.reduce((y, count, i) => adaptiveMean(y, first + i, count), x);
  }
}
