import { grad, key, ShapeError, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  init,
  LinearNeuron,
  MaxoutNeuron,
  Module,
  Neuron,
  type NeuronOptions,
  Perceptron,
  RadialBasisNeuron,
  ReLUNeuron,
  SigmoidNeuron,
  SoftplusNeuron,
  TanhNeuron,
} from "../src/index.js";
import { checkModule } from "./support/functional.js";
import { float64 } from "./support/golden.js";

const options = { inputs: 2, dtype: "float64", key: key(1) } as const;

/** The neuron with w = (0.5, −1) and b = 0.25. */
function set<N extends LinearNeuron | Perceptron>(neuron: N): N {
  neuron.weight.assign([0.5, -1]);
  neuron.bias.assign(0.25);
  return neuron;
}

const samples = float64([
  [1, 2],
  [2, 1],
  [3, 0.5],
]);
// w·x + b of the samples, by hand.
const sums = [-1.25, 0.25, 1.25];

const kinds = [
  { kind: LinearNeuron, activation: (z: number) => z },
  { kind: SigmoidNeuron, activation: (z: number) => 1 / (1 + Math.exp(-z)) },
  { kind: TanhNeuron, activation: Math.tanh },
  { kind: ReLUNeuron, activation: (z: number) => Math.max(z, 0) },
  { kind: SoftplusNeuron, activation: (z: number) => Math.log1p(Math.exp(z)) },
];

describe.each(kinds)("$kind.name", ({ kind, activation }) => {
  it("is its activation of w·x + b, for a batch and for one sample", () => {
    const neuron = set(new kind(options));
    const batch = evaluate((x: Tensor) => neuron.apply(x), samples);
    expectClose(batch, sums.map(activation), { rtol: 1e-15 });
    const one = evaluate((x: Tensor) => neuron.apply(x), samples.slice(1));
    expectClose(one, activation(0.25), { rtol: 1e-15 });
  });

  it("has the right first and second derivatives", () => {
    const neuron = set(new kind(options));
    expect(checkModule(neuron, (x) => neuron.apply(x), [samples]).worst).toBeLessThan(1e-6);
  });

  it("begins within ±1/√inputs, by its key", () => {
    const bound = 1 / Math.sqrt(50);
    const [a, b, other] = [1, 1, 2].map((seed) => new kind({ inputs: 50, key: key(seed) }));
    expectSame(a!.weight, b!.weight);
    expect(other!.weight.toArray()).not.toEqual(a!.weight.toArray());
    const drawn = [...a!.weight.asTensor().toTypedArray(), a!.bias.item()];
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(bound);
  });
});

describe("RadialBasisNeuron", () => {
  it("is exp(−s²·|x − c|²): 1 at its centre, whatever the sign of s", () => {
    const neuron = new RadialBasisNeuron(options);
    neuron.centre.assign([1, 2]);
    neuron.sharpness.assign(-0.5);
    const expected = [0, 2, 6.25].map((distance) => Math.exp(-0.25 * distance));
    expectClose(
      evaluate((x: Tensor) => neuron.apply(x), samples),
      expected,
      { rtol: 1e-15 },
    );
    expect(checkModule(neuron, (x) => neuron.apply(x), [samples]).worst).toBeLessThan(1e-6);
  });

  it("begins with centres all around and a reach of its neighbours", () => {
    const neuron = new RadialBasisNeuron({ inputs: 8, key: key(1) });
    expect(neuron.sharpness.item()).toBe(0.25);
    expect(new Set(neuron.centre.asTensor().toTypedArray()).size).toBe(8);
  });
});

describe("MaxoutNeuron", () => {
  it("is the largest of its weighted sums", () => {
    const neuron = new MaxoutNeuron({ ...options, pieces: 3 });
    neuron.weight.assign([
      [1, 0],
      [0, 1],
      [-1, -1],
    ]);
    neuron.bias.assign([0, 0.5, 4]);
    expectSame(
      evaluate((x: Tensor) => neuron.apply(x), samples),
      float64([2.5, 2, 3]),
    );
    expect(checkModule(neuron, (x) => neuron.apply(x), [samples]).worst).toBeLessThan(1e-6);
  });

  it("has two pieces by default, and refuses a number of them that is none", () => {
    expect(new MaxoutNeuron(options).weight.shape).toEqual([2, 2]);
    expect(() => new MaxoutNeuron({ ...options, pieces: 0 })).toThrow("MaxoutNeuron: pieces is 0");
  });
});

describe("Perceptron", () => {
  const fire = (neuron: Perceptron) =>
    evaluate(
      (x: Tensor) => neuron.apply(x),
      float64([
        [1, 2],
        [2, 1],
        [-0.5, 0],
      ]),
    );

  it("is 1 where w·x + b > 0, and 0 at 0 and below", () => {
    expectSame(fire(set(new Perceptron(options))), float64([0, 1, 0]));
  });

  it("passes no gradient", () => {
    const neuron = set(new Perceptron(options));
    const [slope] = evaluate(
      (x: Tensor) => grad(neuron.apply(x).sum(), [neuron.weight]),
      samples,
    ) as unknown as Tensor[];
    expectSame(slope!, float64([0, 0]));
    expect(() => neuron.apply(samples).sum().backward()).toThrow(/cut off by gt/);
  });

  it("with straightThrough has the same value, and the gradient of the weighted sum", () => {
    const neuron = set(new Perceptron({ ...options, straightThrough: true }));
    expectSame(fire(neuron), float64([0, 1, 0]));
    const gradients = evaluate((x: Tensor) => {
      const [weight, bias] = grad(neuron.apply(x).sum(), [neuron.weight, neuron.bias]);
      return { weight: weight!, bias: bias! };
    }, samples);
    expectSame(gradients.weight, float64([6, 3.5]));
    expectSame(gradients.bias, float64(3));
  });

  it("with straightThrough stays 0 or 1 to the last bit, however large the sum", () => {
    const neuron = new Perceptron({ inputs: 1, straightThrough: true, dtype: "float32" });
    neuron.weight.assign([1]);
    neuron.bias.assign(0);
    const x = tensor([[0.1], [1e20], [-1e20], [0.3]]);
    expectSame(
      evaluate((x: Tensor) => neuron.apply(x), x),
      tensor([1, 1, 0, 1]),
    );
  });
});

class Quadratic extends Neuron {
  readonly weight = this.parameter([this.inputs]);
  readonly curvature = this.parameter([], { init: init.zeros });

  forward(x: Tensor): Tensor {
    const z = x.dot(this.weight).as("weighted sum");
    return z.add(z.square().mul(this.curvature)).tanh();
  }
}

class Maxout extends Neuron<NeuronOptions & { readonly pieces: number }> {
  readonly weight = this.parameter([this.options.pieces, this.inputs]);

  forward(x: Tensor): Tensor {
    return x.matmul(this.weight.transpose()).max(-1);
  }
}

describe("a neuron of one's own", () => {
  it("computes what its forward says", () => {
    const neuron = new Quadratic(options);
    neuron.weight.assign([0.5, -1]);
    neuron.curvature.assign(2);
    const z = [-1.5, 0, 1];
    const expected = z.map((z) => Math.tanh(z + 2 * z * z));
    expectClose(
      evaluate((x: Tensor) => neuron.apply(x), samples),
      expected,
      { rtol: 1e-15, atol: 1e-16 },
    );
  });

  it("has its parameters in the order of its fields, and right derivatives", () => {
    const neuron = new Quadratic(options);
    expect(Array.from(neuron.namedParameters(), ([path]) => path)).toEqual(["weight", "curvature"]);
    expect(checkModule(neuron, (x) => neuron.apply(x), [samples]).worst).toBeLessThan(1e-6);
  });

  it("takes further sizes from its options", () => {
    const neuron = new Maxout({ ...options, pieces: 3 });
    expect(neuron.weight.shape).toEqual([3, 2]);
    neuron.weight.assign([
      [1, 0],
      [0, 1],
      [-1, -1],
    ]);
    expectSame(
      evaluate((x: Tensor) => neuron.apply(x), samples),
      float64([2, 2, 3]),
    );
  });
});

describe("errors of neurons", () => {
  class Pair extends Module {
    readonly left = new LinearNeuron({ inputs: 2 });
    forward(x: Tensor) {
      return this.left.apply(x);
    }
  }

  it("name the path, the shapes and the fix for an input of another width", () => {
    const pair = new Pair();
    const attempt = () => pair.apply(tensor([[1, 2, 3]]));
    expect(attempt).toThrow(ShapeError);
    expect(attempt).toThrow(expect.objectContaining({ modulePath: "left", shapes: [[1, 3], [2]] }));
  });

  it("name the option for a width that is none", () => {
    for (const inputs of [0, -1, 1.5, Number.NaN]) {
      expect(() => new TanhNeuron({ inputs })).toThrow(
        `TanhNeuron: inputs is ${inputs}, which is not a positive integer`,
      );
    }
  });
});
