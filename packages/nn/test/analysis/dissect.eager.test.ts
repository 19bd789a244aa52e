import { type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  dissect,
  LinearNeuron,
  Neuron,
  Perceptron,
  ReLUNeuron,
  TanhNeuron,
} from "../../src/index.js";

const f64 = { dtype: "float64" } as const;

function set<
  N extends { weight: { assign(w: number[]): void }; bias: { assign(b: number): void } },
>(neuron: N, weights: number[], bias: number): N {
  neuron.weight.assign(weights);
  neuron.bias.assign(bias);
  return neuron;
}

describe("dissect", () => {
  it("shows every part of a neuron by name", () => {
    const neuron = set(new TanhNeuron({ inputs: 3, ...f64 }), [2, -1, 0.5], 0.25);
    const parts = dissect(neuron, tensor([0.5, 1, 3], f64));
    expect(parts).toMatchObject({
      inputs: [0.5, 1, 3],
      weights: [2, -1, 0.5],
      products: [1, -1, 1.5],
      sum: 1.5,
      bias: 0.25,
      threshold: -0.25,
      weightedSum: 1.75,
      activation: ["tanh"],
      output: expect.closeTo(Math.tanh(1.75), 15),
      slope: expect.closeTo(1 - Math.tanh(1.75) ** 2, 15),
      parameters: { weight: [2, -1, 0.5], bias: 0.25 },
    });
    expect(parts.steps.map(({ op, label, value }) => [op, label, value])).toEqual([
      ["contract", undefined, 1.5],
      ["add", "weighted sum", 1.75],
      ["tanh", undefined, parts.output],
    ]);
    expect(parts.steps.at(-1)!.formula).toBe("y = tanh(x)");
  });

  it("reads as a calculation", () => {
    const neuron = set(new ReLUNeuron({ inputs: 2, ...f64 }), [2, -1], -0.5);
    expect(String(dissect(neuron, [1, 0.5]))).toBe(
      [
        "ReLUNeuron",
        "  w1 * x1          2 * 1 = 2",
        "  w2 * x2          -1 * 0.5 = -0.5",
        "  sum              1.5",
        "  bias             -0.5, threshold 0.5",
        "  weighted sum z   1",
        "  activation       relu, slope 1",
        "  output           1",
      ].join("\n"),
    );
  });

  it("shows where a perceptron fires: above its threshold", () => {
    const and = set(new Perceptron({ inputs: 2 }), [1, 1], -1.5);
    const fires = (x: number[]) => {
      const { sum, threshold, output, slope } = dissect(and, x);
      expect([sum! > threshold!, slope]).toEqual([output === 1, 0]);
      return output;
    };
    expect([fires([0, 1]), fires([1, 0]), fires([1, 1])]).toEqual([0, 0, 1]);
  });

  it("knows the identity, and neurons that are made of other parts", () => {
    const linear = set(new LinearNeuron({ inputs: 1, ...f64 }), [3], 1);
    expect(dissect(linear, [2])).toMatchObject({ activation: [], slope: 1, output: 7 });
    class Radial extends Neuron {
      readonly centre = this.parameter([this.inputs]);
      forward(x: Tensor): Tensor {
        return x.sub(this.centre).square().sum(-1).as("distance").neg().exp();
      }
    }
    const radial = new Radial({ inputs: 2, ...f64 });
    radial.centre.assign([1, 1]);
    const parts = dissect(radial, [1, 3]);
    expect(parts).toMatchObject({ weights: null, sum: null, bias: null, activation: null });
    expect(parts.parameters).toEqual({ centre: [1, 1] });
    expect(parts.steps.find(({ label }) => label === "distance")!.value).toBe(4);
    expect(String(parts)).toMatch(/centre +1, 1\n.*distance +4\n.*exp +0\.01832/s);
  });

  it("takes one sample of the right width", () => {
    const neuron = new TanhNeuron({ inputs: 2 });
    expect(() => dissect(neuron, [1, 2, 3])).toThrow(/expected one sample \[2\], got \[3\]/);
    expect(() => dissect(neuron, [[1, 2]])).toThrow(/got \[1, 2\]/);
  });
});
