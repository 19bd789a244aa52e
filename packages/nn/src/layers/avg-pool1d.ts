import { avgPool1d, type Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Pooling, type PoolOptions, poolOptions } from "./pooling.js";

export interface AvgPool1dOptions extends PoolOptions {
  /** Whether the zeros around the input count in the mean; true by default. */
  readonly countIncludePad?: boolean;
}

/**
 * The mean of each window of a sequence: `[N, C, L]` (or without N) becomes
 * `[N, C, (L + 2·padding − kernelSize) / stride + 1]`, rounded down.
 */
export class AvgPool1d extends Pooling<number> {
  readonly #options: AvgPool1dOptions;

  constructor(options: AvgPool1dOptions) {
    super("AvgPool1d", 1, checkOptions("AvgPool1d", options, [...poolOptions, "countIncludePad"]));
    this.#options = options;
  }

  protected pool(x: Tensor): Tensor {
    const { kernelSize, ...options } = this.#options;
    return avgPool1d(x, kernelSize, options);
  }
}
