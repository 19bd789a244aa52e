import { type Key, type Tensor, uniform } from "@neurite/autograd";
import { init, layerOf, Neuron } from "@neurite/nn";
import type { Trial } from "./trial.js";

/** A wave across the weighted sum, fast from the start: SIREN, Sitzmann et al., 2020. */
export class Sinusoidal extends Neuron {
  readonly weight = this.parameter([this.inputs], { init: init.uniform(-1, 1) });
  readonly bias = this.parameter([], { init: init.uniform(-Math.PI, Math.PI) });

  forward(x: Tensor): Tensor {
    return x.dot(this.weight).mul(30).add(this.bias).sin();
  }
}

export const sinusoidal: Trial = {
  neuron: "Sinusoidal",
  task: "a chord of two tones",
  sample: [1],
  draw(key: Key, count: number) {
    const x = uniform(key, [count, 1], { min: -1, max: 1 });
    return { x, t: x.mul(9).sin().add(x.mul(23).sin()) };
  },
  layer: (key) => layerOf(Sinusoidal, { inputs: 1, units: 16, key }),
  units: 16,
  reluUnits: 16,
};
