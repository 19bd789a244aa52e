import { bernoulli, type Key, type Tensor } from "@neurite/autograd";
import { init, layerOf, Neuron, type NeuronOptions } from "@neurite/nn";
import type { Trial } from "./trial.js";

/** Branches, each with synapses and a threshold of its own, before the soma: Poirazi, 2003. */
export class Dendritic extends Neuron<NeuronOptions & { readonly branches: number }> {
  readonly synapses = [this.options.branches, this.inputs / this.options.branches];
  readonly weight = this.parameter(this.synapses, { init: init.uniform(0.5, 1) });
  readonly threshold = this.parameter([this.options.branches], { init: init.ones });
  readonly somaThreshold = this.parameter([], { init: init.ones });

  forward(x: Tensor): Tensor {
    const segments = x.reshape([...x.shape.slice(0, -1), ...this.synapses]);
    const branches = segments.mul(this.weight).sum(-1).sub(this.threshold).mul(4).sigmoid();
    return branches.as("branches").sum(-1).sub(this.somaThreshold).mul(4).sigmoid();
  }
}

export const dendritic: Trial = {
  neuron: "Dendritic",
  task: "two neighbours that fire together",
  sample: [8],
  draw(key: Key, count: number) {
    const x = bernoulli(key, 0.4, [count, 8]).cast("float32");
    const pairs = x.reshape([count, 4, 2]).prod(-1);
    return { x, t: pairs.max(-1, { keepDims: true }) };
  },
  layer: (key) => layerOf(Dendritic, { inputs: 8, units: 1, branches: 4, key }),
  units: 1,
  reluUnits: 2,
};
