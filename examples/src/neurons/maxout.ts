import { type Key, type Tensor, uniform } from "@neurite/autograd";
import { layerOf, Neuron, type NeuronOptions } from "@neurite/nn";
import type { Trial } from "./trial.js";

/** The largest of some weighted sums: any convex function. Goodfellow et al., 2013. */
export class Maxout extends Neuron<NeuronOptions & { readonly pieces: number }> {
  readonly weight = this.parameter([this.options.pieces, this.inputs]);
  readonly bias = this.parameter([this.options.pieces]);

  forward(x: Tensor): Tensor {
    return x.matmul(this.weight.transpose()).add(this.bias).max(-1);
  }
}

export const maxout: Trial = {
  neuron: "Maxout",
  task: "the largest of four numbers",
  sample: [4],
  draw(key: Key, count: number) {
    const x = uniform(key, [count, 4], { min: -1, max: 1 });
    return { x, t: x.max(-1, { keepDims: true }) };
  },
  layer: (key) => layerOf(Maxout, { inputs: 4, units: 1, pieces: 6, key }),
  units: 1,
  reluUnits: 6,
};
