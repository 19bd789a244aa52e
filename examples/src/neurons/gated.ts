import { type Key, type Tensor, uniform } from "@neurite/autograd";
import { layerOf, Neuron } from "@neurite/nn";
import type { Trial } from "./trial.js";

/** A weighted sum that another one lets through: GLU, Dauphin et al., 2017. */
export class Gated extends Neuron {
  readonly weight = this.parameter([this.inputs]);
  readonly gate = this.parameter([this.inputs]);
  readonly gateBias = this.parameter([]);

  forward(x: Tensor): Tensor {
    const open = x.dot(this.gate).add(this.gateBias).sigmoid().as("gate");
    return x.dot(this.weight).mul(open);
  }
}

export const gated: Trial = {
  neuron: "Gated",
  task: "a signal behind a volume knob",
  sample: [2],
  draw(key: Key, count: number) {
    const x = uniform(key, [count, 2], { min: -1, max: 1 });
    const [signal, knob] = [0, 1].map((i) => x.slice(null, [i, i + 1]));
    return { x, t: signal!.mul(knob!.mul(4).sigmoid()) };
  },
  layer: (key) => layerOf(Gated, { inputs: 2, units: 1, key }),
  units: 1,
  reluUnits: 2,
};
