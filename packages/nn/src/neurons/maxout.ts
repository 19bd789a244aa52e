import type { Tensor } from "@neurite/autograd";
import { fanInUniform } from "../init.js";
import { checkCount } from "../options.js";
import { Neuron, type NeuronOptions } from "./neuron.js";

export interface MaxoutOptions extends NeuronOptions {
  /** How many weighted sums compete; 2 by default. */
  readonly pieces?: number;
}

/**
 * The largest of some weighted sums, `max(w₁·x + b₁, …)`: any convex function, in linear pieces.
 * Goodfellow et al., "Maxout networks", ICML 2013.
 */
export class MaxoutNeuron extends Neuron<MaxoutOptions> {
  /** `[pieces, inputs]`. */
  readonly weight = this.parameter([this.#pieces, this.inputs]);
  /** `[pieces]`. */
  readonly bias = this.parameter([this.#pieces], { init: fanInUniform(this.inputs) });

  forward(x: Tensor): Tensor {
    const sums = x.matmul(this.weight.transpose()).add(this.bias).as("weighted sums");
    return sums.max(-1);
  }

  get #pieces(): number {
    const { pieces = 2 } = this.options;
    checkCount("MaxoutNeuron", "pieces", pieces);
    return pieces;
  }
}
