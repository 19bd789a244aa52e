import { key, normal, split, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  BatchNorm1d,
  checkInitialisation,
  Dense,
  Dropout,
  init,
  Sequential,
} from "../../src/index.js";

const tanh = (z: Tensor) => z.tanh();
const relu = (z: Tensor) => z.relu();
const width = 32;
const keys = split(key(1), 20);
const x = normal(key(2), [64, width]);

const deep = (depth: number, activation: (z: Tensor) => Tensor, weightInit: init.Init) =>
  new Sequential(
    ...keys.slice(0, depth).map(
      (key) =>
        new Dense({
          inputs: width,
          units: width,
          activation,
          weightInit,
          biasInit: init.zeros,
          key,
        }),
    ),
  );

describe("checkInitialisation", () => {
  it("finds units that are equal and learn the same", () => {
    const model = new Sequential(
      new Dense({
        inputs: width,
        units: 4,
        activation: tanh,
        weightInit: init.constant(0.1),
        biasInit: init.zeros,
      }),
      new Dense({ inputs: 4, units: 1, weightInit: init.constant(0.5) }),
    );
    const { symmetric, warnings } = checkInitialisation(model, x);
    expect(symmetric).toEqual([
      { path: "0.weight", units: [0, 1, 2, 3], gradientNorm: expect.any(Number) },
    ]);
    expect(symmetric[0]!.gradientNorm).toBeGreaterThan(0);
    expect(warnings[0]).toMatch(
      /units 0, 1, 2, 3 of 0\.weight .*equal weights and equal gradients/,
    );
  });

  it("finds no symmetry where the weights above tell equal units apart", () => {
    const model = new Sequential(
      new Dense({
        inputs: width,
        units: 4,
        activation: tanh,
        weightInit: init.constant(0.1),
        biasInit: init.zeros,
      }),
      new Dense({ inputs: 4, units: 1, key: key(3) }),
    );
    expect(checkInitialisation(model, x).symmetric).toEqual([]);
  });

  it("is content with Kaiming's scale for relu, and with Xavier's for tanh", () => {
    const kaiming = checkInitialisation(deep(12, relu, init.kaimingNormal()), x);
    expect(kaiming.warnings).toEqual([]);
    expect(kaiming.backward!.perLayer).toBeGreaterThan(0.8);
    expect(checkInitialisation(deep(5, tanh, init.xavierUniform()), x).warnings).toEqual([]);
  });

  it("says by which factor Xavier's scale is too small for relu: about √2 a layer", () => {
    const { forward, backward, warnings } = checkInitialisation(
      deep(12, relu, init.xavierNormal()),
      x,
    );
    expect(forward!.perLayer).toBeCloseTo(Math.SQRT1_2, 1);
    expect(backward!.perLayer).toBeCloseTo(Math.SQRT1_2, 1);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(
      /activations change by x0\.[67]\d* a layer .*scale the weights by about 1\.[345]/,
    );
    expect(warnings[1]).toMatch(/^gradients change by/);
  });

  it("warns of tanh that is flat, with its mean slope", () => {
    const found = checkInitialisation(deep(2, tanh, init.normal(0, 5)), x);
    expect(found.layers[0]!.meanSlope).toBeLessThan(0.05);
    expect(found.warnings.join("\n")).toMatch(
      /mean slope of the activation at 0 is 0\.0\d+, below 0\.05/,
    );
    expect(String(found)).toMatch(/^layer +std of activation +rms of gradient +mean slope\n0 /);
  });

  it("leaves running means and random keys as they were", () => {
    const model = new Sequential(new BatchNorm1d({ numFeatures: width }), new Dropout());
    const read = () => Object.values(model.stateDict()).map((value) => value.toArray());
    const before = read();
    checkInitialisation(model, x);
    expect(read()).toEqual(before);
  });

  it("takes a loss, and says when nothing gets through", () => {
    const silent = deep(3, relu, init.zeros);
    const found = checkInitialisation(silent, x, { loss: (y) => y.square().mean() });
    expect(found.forward).toEqual({ perLayer: 0, total: 0 });
    expect(found.warnings.join("\n")).toMatch(/activations change by x0 a layer.*x0 in all/);
  });
});
