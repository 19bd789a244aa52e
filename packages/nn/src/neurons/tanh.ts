import type { Tensor } from "@neurite/autograd";
import { fanInUniform } from "../init.js";
import { Neuron } from "./neuron.js";

/** `tanh(w·x + b)`, between −1 and 1, and centred on 0. */
export class TanhNeuron extends Neuron {
  /** `[inputs]`. */
  readonly weight = this.parameter([this.inputs]);
  /** A number. */
  readonly bias = this.parameter([], { init: fanInUniform(this.inputs) });

  forward(x: Tensor): Tensor {
    const z = x.dot(this.weight).add(this.bias).as("weighted sum");
    return z.tanh();
  }
}
