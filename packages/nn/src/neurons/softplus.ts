import type { Tensor } from "@neurite/autograd";
import { fanInUniform } from "../init.js";
import { Neuron } from "./neuron.js";

/** `log(1 + exp(w·x + b))`: a ReLU without the kink. Dugas et al., NIPS 2000. */
export class SoftplusNeuron extends Neuron {
  /** `[inputs]`. */
  readonly weight = this.parameter([this.inputs]);
  /** A number. */
  readonly bias = this.parameter([], { init: fanInUniform(this.inputs) });

  forward(x: Tensor): Tensor {
    const z = x.dot(this.weight).add(this.bias).as("weighted sum");
    return z.softplus();
  }
}
