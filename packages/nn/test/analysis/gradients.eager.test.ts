import { compile, key, normal, split, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  Dense,
  evolution,
  gradientFlow,
  gradientReport,
  init,
  mse,
  Residual,
  Sequential,
} from "../../src/index.js";

const f64 = { dtype: "float64" } as const;
const tanh = (z: Tensor) => z.tanh();

/** A chain of neurons of one input each: y ← tanh(w·y), or w·y. */
function chain(weights: readonly number[], activation: (z: Tensor) => Tensor = tanh) {
  const layers = weights.map((weight) => {
    const layer = new Dense({ inputs: 1, units: 1, bias: false, activation, ...f64 });
    layer.weight.assign([[weight]]);
    return layer;
  });
  return new Sequential(...layers);
}

describe("gradientReport", () => {
  it("splits the gain of each layer into slope and weight, to the last digits", () => {
    const model = chain([2, -3]);
    const x = tensor([[0.25]], f64);
    const report = gradientReport(model, model.apply(x).sum());
    const a = Math.tanh(0.5);
    const [s0, s1] = [1 - a * a, 1 - Math.tanh(-3 * a) ** 2];
    const [first, last] = report.layers;
    expect(last!.rms).toBe(1);
    expect(last!.activationFactor).toBeCloseTo(s1, 14);
    expect(last!.weightFactor).toBeCloseTo(3, 14);
    expect(last!.gain).toBeCloseTo(3 * s1, 14);
    expect(last!.meanSlope).toBeCloseTo(s1, 14);
    expect(first!.rms).toBeCloseTo(3 * s1, 14);
    expect(first!.gain! / (2 * s0)).toBeCloseTo(1, 14);
    expect(report.parameters.map(({ path }) => path)).toEqual(["0.weight", "1.weight"]);
    expect(report.parameters[1]!.norm).toBeCloseTo(s1 * a, 14);
    expect(report.gradients["1.weight"]!.item()).toBeCloseTo(s1 * a, 14);
  });

  it("measures what a layer alone hands on, and a skip around it apart", () => {
    const inner = new Dense({ inputs: 1, units: 1, bias: false, ...f64 });
    inner.weight.assign([[0.5]]);
    const model = new Sequential(new Residual(inner));
    const report = gradientReport(model, model.apply(tensor([[1]], f64)).sum());
    const gains = Object.fromEntries(report.layers.map(({ path, gain }) => [path, gain]));
    expect(gains).toEqual({ "0.inner": 0.5, "0": 1.5 });
  });

  it("tells a parameter that is cut off from one whose gradient is 0", () => {
    const model = chain([1, 0, 1], (z) => z);
    const x = tensor([[1]], f64);
    const found = (loss: Tensor) =>
      gradientReport(model, loss).parameters.map(({ isCutOff, norm }) => [isCutOff, norm]);
    const cut = model.layers.slice(1) as Dense[];
    const [first] = model.layers as Dense[];
    const stopped = cut.reduce((y, layer) => layer.apply(y), first!.apply(x).stopGradient());
    expect(found(stopped.sum())).toEqual([
      [true, 0],
      [false, 1],
      [false, 0],
    ]);
    expect(found(model.apply(x).sum())).toEqual([
      [false, 0],
      [false, 1],
      [false, 0],
    ]);
  });

  it("gives gradients whose direction can be followed from step to step", () => {
    const model = chain([1], (z) => z);
    const gradientsAt = (x: number[][]) =>
      gradientReport(model, model.apply(tensor(x, f64)).sum()).gradients;
    const snapshots = [[[2]], [[1]], [[-1]]].map((x, step) => ({ step, tensors: gradientsAt(x) }));
    const cosines = evolution(snapshots)["0.weight"]!.map(({ change }) => change?.cosine);
    expect(cosines).toEqual([undefined, 1, -1]);
  });

  it("refuses a loss without a graph", () => {
    const model = chain([1]);
    expect(() => gradientReport(model, tensor(1, f64))).toThrow(
      /no parameter of the model.*noGrad/s,
    );
  });
});

describe("gradientFlow", () => {
  const layers = (sizes: readonly number[], activationFactor = 0.2, weightFactor = 0.9) =>
    sizes.map((rms) => ({ rms, nonFinite: 0, activationFactor, weightFactor }));

  it("finds the slope of a gradient that shrinks by a fixed factor", () => {
    const flow = gradientFlow(layers([1e-4, 1e-3, 1e-2, 1e-1]));
    expect(flow.slope).toBeCloseTo(-1, 12);
    expect(flow.firstToLast).toBeCloseTo(1e-3, 12);
    expect([flow.isVanishing, flow.isExploding, flow.cause]).toEqual([true, false, "activation"]);
    expect(String(flow)).toMatch(/vanishes: x0\.1 per layer.*activation gives x0\.2.*cause/);
  });

  it("finds one that explodes, and blames the larger factor", () => {
    const flow = gradientFlow(layers([1e3, 1e2, 1e1, 1], 1, 10));
    expect(flow.slope).toBeCloseTo(1, 12);
    expect([flow.isVanishing, flow.isExploding, flow.cause]).toEqual([false, true, "weights"]);
    const broken = [{ rms: 1, nonFinite: 2, activationFactor: 1, weightFactor: 1 }];
    expect(gradientFlow(broken).isExploding).toBe(true);
  });

  it("calls a slow decline over many layers vanishing too, and a steady one not", () => {
    const slow = Array.from({ length: 30 }, (_, i) => 10 ** (-0.2 * (29 - i)));
    expect(gradientFlow(layers(slow)).isVanishing).toBe(true);
    expect(gradientFlow(layers([0.9, 1, 1.1])).isVanishing).toBe(false);
    expect(
      gradientFlow(layers([0.5, 1]), { vanishingSlope: -0.2, explodingSlope: 1, vanishingRatio: 0 })
        .isVanishing,
    ).toBe(true);
  });

  it("counts a gradient of exactly 0 as vanished", () => {
    expect(gradientFlow(layers([0, 0, 1, 1])).isVanishing).toBe(true);
  });
});

describe("a network of 100 layers", () => {
  const [depth, width] = [100, 4];
  const keys = split(key(3), depth + 1);
  const inputs = normal(keys[depth]!, [32, width]);
  // What the identity would miss: every input, halved, in its neighbour's place.
  const targets = inputs.roll(1, 1).mul(0.5).stopGradient();
  const layers = () =>
    keys.slice(0, depth).map(
      (key) =>
        new Dense({
          inputs: width,
          units: width,
          activation: tanh,
          weightInit: init.xavierUniform(0.5),
          biasInit: init.zeros,
          key,
        }),
    );
  const train = (model: Sequential): number => {
    const optimizer = new Adam(model.parameters(), { learningRate: 0.003 });
    const step = compile(() => {
      optimizer.zeroGrad();
      const loss = mse(model.apply(inputs), targets);
      loss.backward();
      optimizer.step();
      return loss;
    });
    for (let i = 0; i < 300; i++) step();
    return step().item();
  };
  const variance = targets.variance(0, { correction: 0 }).mean().item();

  it("learns with skips, and does not without; the report says why", () => {
    const plain = new Sequential(...layers());
    const skipping = new Sequential(...layers().map((layer) => new Residual(layer)));
    const [before, around] = [plain, skipping].map((model) =>
      gradientReport(model, mse(model.apply(inputs), targets)),
    );
    expect(before!.flow).toMatchObject({ isVanishing: true, cause: "weights" });
    expect(before!.flow.weightFactor).toBeLessThan(0.7);
    expect(before!.flow.activationFactor).toBeGreaterThan(0.9);
    expect(before!.flow.firstToLast).toBeLessThan(1e-20);
    expect(String(before)).toMatch(
      /the gradient vanishes: x0\.\d+ per layer.*cause is the weights/,
    );
    expect(around!.flow).toMatchObject({ isVanishing: false, isExploding: false });
    // Without skips it learns nothing but the mean; with them, most of what there is.
    expect(train(plain) / variance).toBeCloseTo(1, 2);
    expect(train(skipping) / variance).toBeLessThan(0.35);
  }, 60_000);
});
