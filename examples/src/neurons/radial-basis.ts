import { type Key, type Tensor, tensor, uniform } from "@neurite/autograd";
import { init, layerOf, Neuron } from "@neurite/nn";
import type { Trial } from "./trial.js";

/** Knows a place: 1 at its centre, towards 0 all around. Broomhead and Lowe, 1988. */
export class RadialBasis extends Neuron {
  readonly centre = this.parameter([this.inputs], { init: init.normal() });
  readonly sharpness = this.parameter([], { init: init.ones });

  forward(x: Tensor): Tensor {
    return x.sub(this.centre).mul(this.sharpness).square().sum(-1).neg().exp();
  }
}

export const radialBasis: Trial = {
  neuron: "RadialBasis",
  task: "three hills in a plain",
  sample: [2],
  draw(key: Key, count: number) {
    const x = uniform(key, [count, 2], { min: -2, max: 2 });
    const hills = tensor([
      [-1, -1],
      [1, 0],
      [-0.5, 1.2],
    ]);
    const t = x.unsqueeze(1).sub(hills).square().sum(-1).mul(-2).exp().sum(-1, { keepDims: true });
    return { x, t };
  },
  layer: (key) => layerOf(RadialBasis, { inputs: 2, units: 4, key }),
  units: 4,
  reluUnits: 4,
};
