import { avgPool2d, type Pair, type Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Pooling, type PoolOptions, poolOptions } from "./pooling.js";

export interface AvgPool2dOptions extends PoolOptions<Pair> {
  /** Whether the zeros around the input count in the mean; true by default. */
  readonly countIncludePad?: boolean;
}

/**
 * The mean of each window of an image: `[N, C, H, W]` (or without N) becomes `[N, C, H', W']`,
 * each side by the formula of `AvgPool1d`.
 */
export class AvgPool2d extends Pooling<Pair> {
  readonly #options: AvgPool2dOptions;

  constructor(options: AvgPool2dOptions) {
    super("AvgPool2d", 2, checkOptions("AvgPool2d", options, [...poolOptions, "countIncludePad"]));
    this.#options = options;
  }

  protected pool(x: Tensor): Tensor {
    const { kernelSize, ...options } = this.#options;
    return avgPool2d(x, kernelSize, options);
  }
}
