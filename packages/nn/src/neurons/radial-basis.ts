import type { Tensor } from "@neurite/autograd";
import { constant, normal } from "../init.js";
import { Neuron } from "./neuron.js";

/**
 * `exp(−s²·|x − c|²)`: 1 at its centre c, and towards 0 all around. It knows a place, where a
 * weighted sum knows a side. Centres begin as standard normal, for standardised inputs, and s so
 * that a neuron reaches its neighbours. Broomhead and Lowe, Complex Systems 2, 1988.
 */
export class RadialBasisNeuron extends Neuron {
  /** c: `[inputs]`. */
  readonly centre = this.parameter([this.inputs], { init: normal() });
  /** s: a number, the reciprocal of a width. */
  readonly sharpness = this.parameter([], { init: constant(1 / Math.sqrt(2 * this.inputs)) });

  forward(x: Tensor): Tensor {
    const distance = x.sub(this.centre).square().sum(-1).as("squared distance");
    return distance.mul(this.sharpness.square()).neg().exp();
  }
}
