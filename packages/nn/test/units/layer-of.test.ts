import { compile, key, normal, split, type Tensor, vmap, zeros } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../../autograd/test/support/close.js";
import { evaluate } from "../../../autograd/test/support/evaluate.js";
import {
  Dense,
  Dropout,
  functionalCall,
  init,
  LinearNeuron,
  layerOf,
  MaxoutNeuron,
  mse,
  Neuron,
  type NeuronOptions,
  RadialBasisNeuron,
  Sequential,
  SGD,
  TanhNeuron,
} from "../../src/index.js";
import { checkModule } from "../support/functional.js";

const float64 = { dtype: "float64" } as const;
const x = normal(key(1), [4, 3], float64);

/** Branches with a non-linearity each, before the soma adds them up: modules within a neuron. */
class Branched extends Neuron<NeuronOptions & { readonly scale?: number }> {
  readonly branches = [
    new TanhNeuron({ ...this.inherited, inputs: this.inputs }),
    new TanhNeuron({ ...this.inherited, inputs: this.inputs }),
  ];
  readonly soma = { gain: this.parameter([2]), offset: this.buffer([]) };

  forward(x: Tensor): Tensor {
    const [a, b] = this.branches.map((branch, i) => branch.apply(x).mul(this.soma.gain.slice(i)));
    return a!
      .add(b!)
      .add(this.soma.offset)
      .mul(this.options.scale ?? 1);
  }
}

describe("layerOf", () => {
  it("gives its parameters the neuron's names, with units in front", () => {
    const layer = layerOf(Branched, { inputs: 3, units: 5 });
    expect(Array.from(layer.namedState(), ([path, { shape }]) => [path, ...shape])).toEqual([
      ["soma.gain", 5, 2],
      ["soma.offset", 5],
      ["branches.0.weight", 5, 3],
      ["branches.0.bias", 5],
      ["branches.1.weight", 5, 3],
      ["branches.1.bias", 5],
    ]);
    expect(Array.from(layer.namedParameters(), ([path]) => path)).not.toContain("soma.offset");
    expect([...layer.namedModules()]).toHaveLength(1);
    expect([layer.units, layer.inputs]).toEqual([5, 3]);
  });

  it("types the stacked parameters and the options", () => {
    const layer = layerOf(MaxoutNeuron, { inputs: 3, units: 2, pieces: 4 });
    expect(layer.weight.shape).toEqual([2, 4, 3]);
    // @ts-expect-error: a LinearNeuron has no pieces
    layerOf(LinearNeuron, { inputs: 3, units: 2, pieces: 4 });
    // @ts-expect-error: and it has to know its inputs
    expect(() => layerOf(LinearNeuron, { units: 2 })).toThrow("inputs is undefined");
  });

  it("makes every unit by itself, from a key of its own", () => {
    const layer = layerOf(TanhNeuron, { inputs: 3, units: 4, key: key(5) });
    const again = layerOf(TanhNeuron, { inputs: 3, units: 4, key: key(5) });
    expectSame(layer.weight, again.weight);
    expect(new Set(layer.bias.asTensor().toTypedArray()).size).toBe(4);
    const bound = 1 / Math.sqrt(3);
    expect(Math.max(...layer.weight.asTensor().toTypedArray().map(Math.abs))).toBeLessThan(bound);
  });

  it.each([TanhNeuron, MaxoutNeuron, RadialBasisNeuron, Branched])(
    "of $name computes what its units compute alone, to the bit",
    (neuron) => {
      const layer = layerOf(neuron, { inputs: 3, units: 2, key: key(2), ...float64 });
      const one = new neuron({ inputs: 3, ...float64 });
      const state = layer.stateDict();
      const y = evaluate((x: Tensor) => layer.apply(x), x);
      for (const unit of [0, 1]) {
        const own = Object.entries(state).map(([path, value]) => [path, value.slice(unit)]);
        const alone = functionalCall(one as TanhNeuron, Object.fromEntries(own), x);
        expectSame(y.slice(null, unit), alone);
      }
    },
  );

  it("takes any leading axes as a batch, and none", () => {
    const layer = layerOf(TanhNeuron, { inputs: 3, units: 2, key: key(2), ...float64 });
    const rows = evaluate((x: Tensor) => layer.apply(x), x);
    const grid = evaluate((x: Tensor) => layer.apply(x.reshape([2, 2, 3])), x);
    expectSame(grid.reshape([4, 2]), rows);
    expectSame(
      evaluate((x: Tensor) => layer.apply(x), x.slice(1)),
      rows.slice(1),
    );
  });

  it("has right derivatives to the second order, by inputs and stacked parameters", () => {
    const layer = layerOf(Branched, { inputs: 1, units: 2, key: key(3), scale: 2, ...float64 });
    const input = normal(key(1), [2, 1], float64);
    expect(checkModule(layer, (x) => layer.apply(x), [input]).worst).toBeLessThan(1e-6);
  });

  it("maps and differentiates like any module: functionalCall, vmap, state", () => {
    const layer = layerOf(TanhNeuron, { inputs: 3, units: 2, key: key(3), ...float64 });
    const weights = normal(key(4), [5, 2, 3], float64);
    const each = vmap((weight: Tensor) => functionalCall(layer, { weight }, x))(weights) as Tensor;
    expectSame(each.slice(2), functionalCall(layer, { weight: weights.slice(2) }, x));
    const other = layerOf(TanhNeuron, { inputs: 3, units: 2, key: key(9), ...float64 });
    other.loadStateDict(layer.stateDict());
    expectSame(other.apply(x), layer.apply(x));
  });

  it("stands in a model, and passes modes on to its neurons", () => {
    class Moody extends TanhNeuron {
      override forward(x: Tensor): Tensor {
        return this.training ? super.forward(x) : x.sum(-1).abs().mul(0);
      }
    }
    const model = new Sequential(layerOf(Moody, { inputs: 3, units: 2, ...float64 }));
    const apply = compile((x: Tensor) => model.apply(x));
    expect(apply(x).toArray()).not.toEqual(zeros([4, 2]).toArray());
    model.eval();
    expect(apply(x).toArray()).toEqual(zeros([4, 2]).toArray());
    expect(Array.from(model.namedParameters(), ([path]) => path)).toEqual(["0.weight", "0.bias"]);
  });
});

describe("layerOf(LinearNeuron)", () => {
  const [inputs, units] = [8, 6];
  const options = { inputs, units, key: key(3) };
  const training = (model: Dense | ReturnType<typeof layerOf>) => {
    const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
    return compile((x: Tensor, t: Tensor) => {
      optimizer.zeroGrad();
      const loss = mse(model.apply(x), t);
      loss.backward();
      optimizer.step();
      return loss;
    });
  };
  const dense = new Dense(options);
  const layer = layerOf(LinearNeuron, options);
  dense.loadStateDict(layer.stateDict());

  it("trains by the kernels of Dense, and to the bit as Dense does", () => {
    const [a, b] = [key(1), key(2)];
    const [x, t] = [normal(a, [16, inputs]), normal(b, [16, units])];
    const steps = [training(dense), training(layer)] as const;
    for (let i = 0; i < 5; i++) expectSame(steps[1](x, t), steps[0](x, t));
    const kernels = steps.map((step) =>
      step
        .explain()
        .tasks.map(({ title, shapes }) => `${title} ${shapes}`)
        .sort(),
    );
    expect(kernels[1]).toEqual(kernels[0]);
    expectSame(layer.weight, dense.weight);
    expectSame(layer.bias, dense.bias!);
  });
});

describe("errors of layerOf", () => {
  const make = (forward: (neuron: Neuron, x: Tensor) => Tensor) =>
    class Odd extends Neuron {
      readonly weight = this.parameter([this.inputs]);
      readonly mean = this.buffer([]);
      last: Tensor | null = null;
      forward(x: Tensor): Tensor {
        return forward(this, x);
      }
    };
  const layerWith = (forward: (neuron: never, x: Tensor) => Tensor) =>
    layerOf(make(forward as never), { inputs: 3, units: 2, ...float64 });
  type Odd = InstanceType<ReturnType<typeof make>>;

  it("name both widths, and the class, for an input that does not fit", () => {
    const layer = layerOf(TanhNeuron, { inputs: 2, units: 2, ...float64 });
    expect(() => layer.apply(x)).toThrow("layerOf: TanhNeuron expects […, 2], got [4, 3]");
  });

  it("name the shapes of a neuron that does not give a number a sample", () => {
    const layer = layerWith((_, x) => x.sum());
    expect(() => layer.apply(x)).toThrow("layerOf: forward of Odd turned [4, 3] into []");
  });

  it("say how a state is made explicit, and leave no trace of one that is not", () => {
    const assigns = layerWith((neuron: Odd, x) => {
      neuron.mean.assign(x.mean());
      return x.dot(neuron.weight);
    });
    expect(() => assigns.apply(x)).toThrow(
      /Odd assigns its variable mean[\s\S]*forward\(x, state\)/,
    );
    const keeps = layerWith((neuron: Odd, x) => {
      const y = x.dot(neuron.weight);
      const z = neuron.last ? y.add(neuron.last) : y;
      neuron.last = y;
      return z;
    });
    for (let call = 0; call < 2; call++) {
      expect(() => keeps.apply(x)).toThrow(/Odd changes its field last[\s\S]*initialState\(\)/);
    }
  });

  it("refuse neurons without parameters, and numbers of units that are none", () => {
    class Empty extends Neuron {
      forward(x: Tensor): Tensor {
        return x.sum(-1);
      }
    }
    expect(() => layerOf(Empty, { inputs: 2, units: 2 })).toThrow("Empty has no parameters");
    expect(() => layerOf(TanhNeuron, { inputs: 2, units: 0 })).toThrow("layerOf: units is 0");
  });

  it("name what differs between units", () => {
    let size = 1;
    class Growing extends Neuron {
      readonly weight = this.parameter([size++], { init: init.ones });
      forward(x: Tensor): Tensor {
        return x.sum(-1);
      }
    }
    expect(() => layerOf(Growing, { inputs: 2, units: 2 })).toThrow("stack");
  });

  it("refuse dropout within a neuron: a key that would move", () => {
    class Dropping extends TanhNeuron {
      readonly dropout = new Dropout(this.inherited);
      override forward(x: Tensor): Tensor {
        return super.forward(this.dropout.apply(x));
      }
    }
    const layer = layerOf(Dropping, { inputs: 3, units: 2, key: split(key(1))[0]!, ...float64 });
    expect(() => layer.apply(x)).toThrow("Dropping assigns its variable dropout.key");
    expect(layer.eval().apply(x).shape).toEqual([4, 2]);
  });
});
