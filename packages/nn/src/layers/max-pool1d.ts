import { maxPool1d, type Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Pooling, type PoolOptions, poolOptions } from "./pooling.js";

export interface MaxPool1dOptions extends PoolOptions {
  /** How far apart the elements of a window lie; 1 by default. */
  readonly dilation?: number;
}

/**
 * The largest element of each window of a sequence: `[N, C, L]` (or without N) becomes
 * `[N, C, (L + 2·padding − span) / stride + 1]`, rounded down, with
 * `span = dilation·(kernelSize − 1) + 1`. The gradient goes to the first of equal ones.
 */
export class MaxPool1d extends Pooling<number> {
  readonly #options: MaxPool1dOptions;

  constructor(options: MaxPool1dOptions) {
    super("MaxPool1d", 1, checkOptions("MaxPool1d", options, [...poolOptions, "dilation"]));
    this.#options = options;
  }

  protected pool(x: Tensor): Tensor {
    const { kernelSize, ...options } = this.#options;
    return maxPool1d(x, kernelSize, options);
  }
}
