import { type Key, type Tensor, uniform } from "@neurite/autograd";
import { init, layerOf, Neuron } from "@neurite/nn";
import type { Trial } from "./trial.js";

/** A parabola across the weighted sum. */
export class Quadratic extends Neuron {
  readonly weight = this.parameter([this.inputs]);
  readonly bias = this.parameter([], { init: init.zeros });
  readonly curvature = this.parameter([], { init: init.normal() });

  forward(x: Tensor): Tensor {
    const z = x.dot(this.weight).add(this.bias);
    return z.add(z.square().mul(this.curvature));
  }
}

export const quadratic: Trial = {
  neuron: "Quadratic",
  task: "the product of two numbers",
  sample: [2],
  draw(key: Key, count: number) {
    const x = uniform(key, [count, 2], { min: -2, max: 2 });
    return { x, t: x.prod(-1, { keepDims: true }) };
  },
  layer: (key) => layerOf(Quadratic, { inputs: 2, units: 4, key }),
  units: 4,
  reluUnits: 5,
};
