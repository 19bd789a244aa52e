import type { Tensor } from "@neurite/autograd";
import { fanInUniform } from "../init.js";
import { Neuron } from "./neuron.js";

/** `max(w·x + b, 0)`: silent on one side of a line, linear on the other. */
export class ReLUNeuron extends Neuron {
  /** `[inputs]`. */
  readonly weight = this.parameter([this.inputs]);
  /** A number. */
  readonly bias = this.parameter([], { init: fanInUniform(this.inputs) });

  forward(x: Tensor): Tensor {
    const z = x.dot(this.weight).add(this.bias).as("weighted sum");
    return z.relu();
  }
}
