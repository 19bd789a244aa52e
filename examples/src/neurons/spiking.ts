import {
  bernoulli,
  customVjp,
  type Key,
  split,
  type Tensor,
  tensor,
  uniform,
  zeros,
} from "@neurite/autograd";
import { init, Module, Neuron, sequenceOf } from "@neurite/nn";
import type { Trial } from "./trial.js";

/** 1 above the threshold 0; its slope is that of a smooth step. */
const spike = customVjp(
  (v: Tensor) => v.gt(0).cast(v.dtype),
  [({ g, x: [v] }) => g.div(v!.abs().mul(5).add(1).square())],
  {
    name: "spike",
    samples: [[tensor(Float64Array.of(-1, 1))]],
    surrogate: "fast sigmoid, Zenke and Ganguli 2018",
  },
);

/** Leaky integrate-and-fire: charge decays, and a spike takes 1 of it. */
export class Spiking extends Neuron {
  readonly weight = this.parameter([this.inputs], { init: init.uniform(0.3, 1) });
  readonly leak = this.parameter([], { init: init.uniform(0, 2) });

  initialState() {
    return { charge: zeros([]) };
  }

  forward(x: Tensor, { charge }: { charge: Tensor }) {
    const charged = charge.mul(this.leak.sigmoid()).add(x.dot(this.weight)).as("charge");
    const fired = spike(charged.sub(1)).as("spike");
    return [fired, { charge: charged.sub(fired) }] as const;
  }
}

/** How often each of some spiking neurons fires in a sequence. */
class SpikeRates extends Module {
  readonly neurons;

  constructor(inputs: number, units: number, key: Key) {
    super({ key });
    this.neurons = sequenceOf(Spiking, { inputs, units, key: this.nextKey() });
  }

  forward(x: Tensor): Tensor {
    return this.neurons.apply(x).outputs.mean(1);
  }
}

export const spiking: Trial = {
  neuron: "Spiking",
  task: "bursts among as many single spikes",
  sample: [12, 1],
  draw(key: Key, count: number) {
    // Four spikes in twelve times: side by side anywhere, or three times apart.
    const [ofStart, ofKind] = split(key);
    const isBurst = bernoulli(ofKind!, 0.5, [count, 1]).cast("float32");
    const starts = isBurst.mul(6).add(3);
    const first = uniform(ofStart!, [count, 1]).mul(starts).floor();
    const times = tensor([0, 1, 2, 3]).mul(isBurst.mul(-2).add(3)).add(first);
    const x = times.cast("int32").oneHot(12).cast("float32").sum(1).unsqueeze(-1);
    return { x, t: isBurst };
  },
  layer: (key) => new SpikeRates(1, 4, key),
  units: 4,
  reluUnits: 1,
};
