import { key, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  changeOf,
  cosineOf,
  Dense,
  evolution,
  mse,
  quantiles,
  SGD,
  unitCosines,
  weightReport,
} from "../../src/index.js";

const f64 = { dtype: "float64" } as const;

describe("weights", () => {
  it("are described by magnitude, direction and spread", () => {
    const layer = new Dense({ inputs: 2, units: 3, ...f64 });
    layer.weight.assign([
      [3, 4],
      [-6, -8],
      [4, -3],
    ]);
    const [weight, bias] = weightReport(layer).parameters;
    expect(weight).toMatchObject({
      path: "weight",
      shape: [3, 2],
      mean: -1,
      unitNorms: [5, 10, 5],
    });
    expect(weight!.closest).toEqual({ units: [0, 1], cosine: -1 });
    expect(weight!.quantiles[2]).toBe(0);
    expect(bias).toMatchObject({ path: "bias", unitNorms: [], closest: null });
    expect(unitCosines(layer.weight)).toEqual([
      [1, -1, 0],
      [-1, 1, 0],
      [0, 0, 1],
    ]);
    expect(String(weightReport(layer))).toMatch(/^parameter .*\nweight .*0 and 1: -1\.000\nbias/);
  });

  it("have NumPy's quantiles", () => {
    // numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.75, 1]).
    const found = quantiles(tensor([8, 1, 4, 2], f64), [0, 0.1, 0.5, 0.75, 1]);
    expect(found).toEqual([1, 1.3, 3, 5, 8].map((q) => expect.closeTo(q, 14)));
  });

  it("have no direction where they are 0", () => {
    expect(cosineOf(tensor([0, 0], f64), tensor([1, 0], f64))).toBe(0);
  });

  it("change by a ratio, an angle and a distance", () => {
    const found = changeOf(tensor([3, 4], f64), tensor([3, 4.5], f64));
    expect(found.ratio).toBeCloseTo(0.1, 15);
    expect(found.distance).toBe(0.5);
    expect(found.cosine).toBeCloseTo(27 / (5 * Math.hypot(3, 4.5)), 15);
  });
});

describe("evolution", () => {
  const snapshot = (step: number, w: number[]) => ({ step, tensors: { w: tensor(w, f64) } });

  it("follows tensors from snapshot to snapshot", () => {
    const found = evolution([snapshot(0, [1, 0]), snapshot(10, [2, 0]), snapshot(20, [2, 2])]);
    expect(Object.keys(found)).toEqual(["w"]);
    const [first, second, third] = found.w!;
    expect([first!.change, first!.sinceStart.distance]).toEqual([null, 0]);
    expect(second!.change).toEqual({ ratio: 1, cosine: 1, distance: 1 });
    expect([third!.step, third!.change!.distance]).toEqual([20, 2]);
    expect(third!.sinceStart.cosine).toBeCloseTo(Math.SQRT1_2, 15);
    const spans = found.w!.map(({ histogram: { min, max } }) => [min, max]);
    expect(spans).toEqual([
      [0, 2],
      [0, 2],
      [0, 2],
    ]);
  });

  it("measures the update of a step of gradient descent: rate times gradient", () => {
    const model = new Dense({ inputs: 2, units: 1, bias: false, key: key(1), ...f64 });
    const before = model.stateDict();
    const optimizer = new SGD(model.parameters(), { learningRate: 0.01 });
    const x = tensor(
      [
        [1, 2],
        [0, 1],
      ],
      f64,
    );
    mse(model.apply(x), tensor([[1], [2]], f64)).backward();
    const gradient = model.weight.grad!;
    optimizer.step();
    const { change } = evolution([
      { step: 0, tensors: before },
      { step: 1, tensors: model.stateDict() },
    ]).weight![1]!;
    const expected = (0.01 * gradient.norm().item()) / before.weight!.norm().item();
    expect(change!.ratio).toBeCloseTo(expected, 12);
  });

  it("leaves out integers and what is not in every snapshot; none is an error", () => {
    const step = { step: 0, tensors: { n: tensor([1], { dtype: "int32" }), w: tensor([1], f64) } };
    expect(Object.keys(evolution([step, snapshot(1, [2])]))).toEqual(["w"]);
    expect(() => evolution([])).toThrow(/no snapshots/);
  });
});
