import { key, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  checkInitialisation,
  crossEntropy,
  evolution,
  fit,
  gradientHistory,
  gradientReport,
  init,
  type Sequential,
  SGD,
} from "../../src/index.js";
import { penguins } from "../tasks/data.js";
import { network, rangeOf, relu, sigmoid, tanh } from "./examples.js";

const { inputs, targets } = penguins(0);
const quiet = { progress: false, key: key(2), loss: crossEntropy } as const;
const lossOf = (model: Sequential): Tensor => crossEntropy(model.apply(inputs), targets);
const weightOf = (model: Sequential, layer: number) =>
  model.parameters()[2 * layer]!.toArray() as number[][];

const _lengthOf = (row: readonly number[]) => Math.hypot(...row);

describe("gradient magnitude, direction, flow, vanishing, exploding", () => {
  const deep = (activation: (z: Tensor) => Tensor, weightInit = init.xavierUniform()) =>
    network([4, ...rangeOf(0, 10).map(() => 8), 3], {
      activation,
      weightInit,
      biasInit: init.zeros,
    });

  it("vanishes through sigmoids, by their slope; explodes through large weights, by those", () => {
    const flowOf = (model: Sequential) => gradientReport(model, lossOf(model)).flow;
    const model = deep(sigmoid);
    const { layers, flow } = gradientReport(model, lossOf(model));
    expect(flow).toMatchObject({ isVanishing: true, cause: "activation" });
    // A sigmoid's slope is a quarter at most; the last layer has none.
    for (const { activationFactor } of layers.slice(0, -1)) {
      expect(activationFactor).toBeLessThanOrEqual(0.25);
      expect(activationFactor).toBeGreaterThan(0.15);
    }
    expect(String(flow)).toMatch(/vanishes.*the cause is the activation/);
    const exploding = flowOf(deep((z) => z, init.normal(0, 3)));
    expect(exploding).toMatchObject({ isExploding: true, cause: "weights", activationFactor: 1 });
    expect(exploding.weightFactor).toBeGreaterThan(3);
    expect(String(exploding)).toMatch(/explodes.*the cause is the weights/);
    const arriving = flowOf(deep(relu, init.kaimingUniform()));
    expect(arriving).toMatchObject({ isVanishing: false, isExploding: false });
    expect(String(arriving)).toContain("the gradient arrives");
  });

  it("each layer's gain is that of its activation times that of its weights", () => {
    const model = deep(tanh);
    const report = gradientReport(model, lossOf(model));
    expect(report.parameters.every(({ isCutOff }) => isCutOff)).toBe(false);
    for (const { gain, activationFactor, weightFactor } of report.layers) {
      expect(gain! / (activationFactor! * weightFactor!)).toBeCloseTo(1, 6);
    }
  });

  it("shrinks as a model learns, and turns; its size at every step is kept", async () => {
    const model = network([4, 6, 3], { activation: tanh });
    const before = gradientReport(model, lossOf(model));
    const gradients = gradientHistory({ every: 1 });
    await fit(model, {
      ...{ inputs, targets, ...quiet, epochs: 60, batchSize: inputs.shape[0]! },
      optimizer: new SGD(model.parameters(), { learningRate: 0.5 }),
      callbacks: [gradients],
    });
    const after = gradientReport(model, lossOf(model));
    const rms = gradients.records.map(({ parameters }) => parameters["1.weight"]!.rms);
    expect(rms).toHaveLength(60);
    expect(rms[0]).toBeCloseTo(before.parameters[2]!.rms, 6);
    expect(after.parameters[2]!.rms).toBeLessThan(0.1 * rms[0]!);
    const both = [before, after].map((report, step) => ({ step, tensors: report.gradients }));
    expect(evolution(both)["1.weight"]![1]!.change!.cosine).toBeLessThan(0.9);
  });
});

describe("initialisation: symmetry, scale, bias, depth", () => {
  const depths = (depth: number, weightInit: ReturnType<typeof init.normal>) =>
    network([4, ...rangeOf(0, depth).map(() => 32), 3], { weightInit, biasInit: init.zeros });

  it("warns of equal units, which training indeed keeps equal", async () => {
    const equal = { weightInit: init.constant(0.3), biasInit: init.zeros };
    const model = network([4, 6, 3], { activation: tanh, ...equal });
    const report = checkInitialisation(model, inputs);
    expect(report.symmetric[0]).toMatchObject({ path: "0.weight", units: rangeOf(0, 6) });
    expect(report.warnings[0]).toMatch(
      /units 0, 1, 2, .* equal weights .* give them random weights/,
    );
    await fit(model, {
      ...{ inputs, targets, ...quiet, epochs: 5 },
      optimizer: new Adam(model.parameters(), { learningRate: 0.02 }),
    });
    const [first, ...others] = weightOf(model, 0);
    expect(first).not.toEqual(rangeOf(0, 4).map(() => 0.3));
    for (const other of others) {
      for (const [i, w] of other.entries()) expect(w).toBeCloseTo(first![i]!, 5);
    }
    expect(checkInitialisation(network([4, 6, 3]), inputs).symmetric).toEqual([]);
  });

  it("warns of a scale that does not fit the activation, the more the deeper", () => {
    const good = checkInitialisation(depths(20, init.kaimingUniform()), inputs);
    expect(good.warnings.filter((warning) => warning.startsWith("activations"))).toEqual([]);
    expect(Math.abs(Math.log(good.forward!.perLayer))).toBeLessThan(0.15);
    // Glorot's scheme reckons without relu, which passes half of the variance: x√½ a layer.
    const xavier = checkInitialisation(depths(20, init.xavierUniform()), inputs);
    expect(xavier.forward!.perLayer).toBeGreaterThan(0.6);
    expect(xavier.forward!.perLayer).toBeLessThan(0.8);
    expect(xavier.warnings[0]).toMatch(/^activations change by x0\.[67]\d* a layer .*Kaiming's/);
    const shallow = checkInitialisation(depths(2, init.xavierUniform()), inputs);
    expect(shallow.forward!.total).toBeGreaterThan(1000 * xavier.forward!.total);
    const wide = network([4, 8, 3], { activation: tanh, weightInit: init.normal(0, 50) });
    const { warnings } = checkInitialisation(wide, inputs);
    expect(warnings.some((one) => /the mean slope of the activation at 0 is 0\.0/.test(one))).toBe(
      true,
    );
  });

  it("biases of the classes' shares begin at the entropy; random ones above it", () => {
    const classes = targets.toTypedArray();
    const shares = rangeOf(0, 3).map(
      (k) => classes.filter((own) => own === k).length / classes.length,
    );
    const entropy = shares.reduce((sum, p) => sum - p * Math.log(p), 0);
    const model = network([4, 6, 3], { weightInit: init.zeros, biasInit: init.zeros });
    expect(lossOf(model).item()).toBeCloseTo(Math.log(3), 6);
    model.parameters()[3]!.assign(tensor(shares.map(Math.log), { dtype: "float32" }));
    expect(lossOf(model).item()).toBeCloseTo(entropy, 6);
    expect(lossOf(network([4, 6, 3])).item()).toBeGreaterThan(entropy);
  });
});
