import { maxPool2d, type Pair, type Tensor } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { Pooling, type PoolOptions, poolOptions } from "./pooling.js";

export interface MaxPool2dOptions extends PoolOptions<Pair> {
  /** How far apart the elements of a window lie; 1 by default. */
  readonly dilation?: Pair;
}

/**
 * The largest element of each window of an image: `[N, C, H, W]` (or without N) becomes
 * `[N, C, H', W']`, each side by the formula of `MaxPool1d`. The gradient goes to the first of
 * equal ones, row by row.
 */
export class MaxPool2d extends Pooling<Pair> {
  readonly #options: MaxPool2dOptions;

  constructor(options: MaxPool2dOptions) {
    super("MaxPool2d", 2, checkOptions("MaxPool2d", options, [...poolOptions, "dilation"]));
    this.#options = options;
  }

  protected pool(x: Tensor): Tensor {
    const { kernelSize, ...options } = this.#options;
    return maxPool2d(x, kernelSize, options);
  }
}
