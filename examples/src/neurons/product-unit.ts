import { type Key, type Tensor, uniform } from "@neurite/autograd";
import { layerOf, Neuron } from "@neurite/nn";
import type { Trial } from "./trial.js";

/** Powers of positive inputs, multiplied: Durbin and Rumelhart, 1989. */
export class ProductUnit extends Neuron {
  readonly exponent = this.parameter([this.inputs]);

  forward(x: Tensor): Tensor {
    return x.log().dot(this.exponent).exp();
  }
}

export const productUnit: Trial = {
  neuron: "ProductUnit",
  task: "gravity, m·M/r²",
  sample: [3],
  draw(key: Key, count: number) {
    const x = uniform(key, [count, 3], { min: 0.5, max: 2 });
    const [m, other, r] = [0, 1, 2].map((i) => x.slice(null, [i, i + 1]));
    return { x, t: m!.mul(other!).div(r!.square()) };
  },
  layer: (key) => layerOf(ProductUnit, { inputs: 3, units: 2, key }),
  units: 2,
  reluUnits: 2,
};
