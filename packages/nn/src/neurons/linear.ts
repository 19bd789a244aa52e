import type { Tensor } from "@neurite/autograd";
import { fanInUniform } from "../init.js";
import { Neuron } from "./neuron.js";

/** The weighted sum itself, `w·x + b`: a neuron for regression. */
export class LinearNeuron extends Neuron {
  /** `[inputs]`. */
  readonly weight = this.parameter([this.inputs]);
  /** A number. */
  readonly bias = this.parameter([], { init: fanInUniform(this.inputs) });

  forward(x: Tensor): Tensor {
    return x.dot(this.weight).add(this.bias).as("weighted sum");
  }
}
