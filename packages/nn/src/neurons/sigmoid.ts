import type { Tensor } from "@neurite/autograd";
import { fanInUniform } from "../init.js";
import { Neuron } from "./neuron.js";

/** `sigmoid(w·x + b)`, between 0 and 1: logistic regression, read as a probability. */
export class SigmoidNeuron extends Neuron {
  /** `[inputs]`. */
  readonly weight = this.parameter([this.inputs]);
  /** A number. */
  readonly bias = this.parameter([], { init: fanInUniform(this.inputs) });

  forward(x: Tensor): Tensor {
    const z = x.dot(this.weight).add(this.bias).as("weighted sum");
    return z.sigmoid();
  }
}
