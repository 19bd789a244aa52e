// What anybody can add without touching a package: this file imports public names alone.
import { compile, defineOp, key, noGrad, normal, type Tensor, tensor } from "@neurite/autograd";
import {
  Adam,
  checkNeuron,
  Dense,
  init,
  layerOf,
  Module,
  type ModuleOptions,
  mse,
  Neuron,
  Sequential,
} from "@neurite/nn";
import { describe, expect, it } from "vitest";

/** An op: `x / (1 + |x|)`, with its derivative. */
const squash = defineOp<readonly [Tensor]>(
  {
    name: "squash",
    family: "unary",
    formula: { forward: "y = x / (1 + |x|)", vjp: ["x̄ = ȳ / (1 + |x|)²"] },
    shape: ([x]) => x!.shape,
    dtype: ([x]) => x!.dtype,
    forward: (out, [x]) => out.data.set(x!.toTypedArray().map((v) => v / (1 + Math.abs(v)))),
    vjp: [({ g, x: [x] }) => g.div(x.abs().add(1).square())],
  },
  { samples: [{ inputs: [tensor(Float64Array.of(-2, -0.5, 0.5, 3))] }] },
);

/**
 * A neuron that learns to prefer one pattern, by a rule of its own: `w += rate·y·(y − θ)·x`, where θ
 * follows y². Bienenstock, Cooper and Munro, Journal of Neuroscience, 1982.
 */
class BCMNeuron extends Neuron {
  readonly weight = this.parameter([this.inputs], { init: init.uniform(0.2, 0.8) });
  /** The state of the unit: what it is used to. */
  readonly threshold = this.buffer([], { init: init.constant(0.5) });

  forward(x: Tensor): Tensor {
    return x.dot(this.weight).relu();
  }

  /** What weight and threshold are after one sample. */
  learned(x: Tensor, rate: number) {
    const y = this.forward(x);
    const change = x.mul(y.mul(y.sub(this.threshold)).mul(rate));
    const drift = y
      .square()
      .sub(this.threshold)
      .mul(5 * rate);
    return { weight: this.weight.add(change), threshold: this.threshold.add(drift) };
  }
}

/** A layer of such neurons, squashed; they learn side by side. */
class BCMLayer extends Module {
  readonly neurons;

  constructor({ inputs, units, ...options }: ModuleOptions & { inputs: number; units: number }) {
    super(options);
    this.neurons = layerOf(BCMNeuron, { ...this.inherited, inputs, units });
  }

  forward(x: Tensor): Tensor {
    return squash([this.neurons.apply(x)]);
  }

  /** One step of the rule, for every unit, on one sample. */
  learn(x: Tensor, rate = 0.02): void {
    const next = noGrad(() => this.neurons.mapUnits((unit) => unit.learned(x, rate)));
    this.neurons.weight.assign(next.weight);
    this.neurons.threshold.assign(next.threshold);
  }
}

const make = () => new BCMLayer({ inputs: 2, units: 6, key: key(1), dtype: "float64" });
const patterns = tensor(
  [
    [1, 0.2],
    [0.2, 1],
  ],
  { dtype: "float64" },
);

describe("an op, a neuron and a layer from outside", () => {
  it("prove themselves: derivatives, batches, bits", () => {
    const report = checkNeuron(BCMNeuron, normal(key(2), [8, 2]));
    expect(report.ok, String(report)).toBe(true);
    const state = [...make().namedState()].map(([path, { shape }]) => [path, ...shape]);
    expect(state).toEqual([
      ["neurons.weight", 6, 2],
      ["neurons.threshold", 6],
    ]);
    expect(make().parameters()).toHaveLength(1);
  });

  it("learn by their own rule, compiled as eagerly: each unit comes to prefer one pattern", () => {
    const [layer, eager] = [make(), make()];
    const learn = compile((x: Tensor) => layer.learn(x));
    for (let step = 0; step < 4000; step++) {
      learn(patterns.slice(step % 2));
      if (step < 20) eager.learn(patterns.slice(step % 2));
      if (step === 19) expect(layer.stateDict()).toEqual(eager.stateDict());
    }
    // The rule rests where a unit is silent for one pattern and y = θ for the other. There θ goes to
    // 0.9·θ + 0.1·y² and back to 0.9 of that, so that y = 1.9/0.9.
    const answers = layer.neurons.apply(patterns).transpose().toArray() as [number, number][];
    for (const pair of answers) {
      expect(Math.max(...pair)).toBeCloseTo(1.9 / 0.9, 6);
      expect(Math.min(...pair)).toBeCloseTo(0, 6);
    }
  });

  it("train in a model beside built-in layers, to the same bits", () => {
    const x = normal(key(3), [32, 2], { dtype: "float64" });
    const t = x.prod(-1, { keepDims: true });
    const losses = [true, false].map((isCompiled) => {
      const head = new Dense({ inputs: 6, units: 1, key: key(4), dtype: "float64" });
      const model = new Sequential(make(), head);
      const optimizer = new Adam(model.parameters(), { learningRate: 0.02 });
      const step = () => {
        optimizer.zeroGrad();
        const loss = mse(model.apply(x), t);
        loss.backward();
        optimizer.step();
        return loss;
      };
      const run = isCompiled ? compile(step) : step;
      return Array.from({ length: 30 }, () => run().item());
    });
    expect(losses[0]).toEqual(losses[1]);
    expect(losses[0]!.at(-1)).toBeLessThan(0.8 * losses[0]![0]!);
  });
});
