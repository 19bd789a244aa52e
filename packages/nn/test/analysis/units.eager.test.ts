import { tensor, zeros } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  analyseUnits,
  Conv2d,
  Dense,
  Dropout,
  ReLUNeuron,
  Sequential,
  topInputs,
} from "../../src/index.js";

const f64 = { dtype: "float64" } as const;

/** Three relu units of one input: x, −x, and one that is dead for every |x| ≤ 4. */
function relus() {
  const layer = new Dense({ inputs: 1, units: 3, activation: (z) => z.relu(), ...f64 });
  layer.weight.assign([[1], [-1], [1]]);
  layer.bias!.assign([0, 0, -4]);
  return layer;
}

describe("analyseUnits", () => {
  const x = tensor([[1], [3], [-2], [0]], f64);
  const labels = [0, 0, 1, 1];

  it("measures units whose answers are written down", () => {
    const [layer] = analyseUnits(new Sequential(relus()), x, { labels }).layers;
    expect([layer!.path, layer!.shape]).toEqual(["0", [4, 3]]);
    const [up, down, dead] = layer!.units;
    // Answers 1, 3, 0, 0.
    expect(up).toMatchObject({ unit: 0, mean: 1, min: 0, max: 3, zeroShare: 0.5, isDead: false });
    expect(up!.std).toBeCloseTo(Math.sqrt(1.5), 14);
    expect(up!.selectivity).toEqual({ index: 1, favourite: 0, means: [2, 0] });
    expect(up!.saturation).toBe(0.5);
    // (1 − 1²/2.5)/(1 − 1/4).
    expect(up!.lifetimeSparseness).toBeCloseTo(0.8, 14);
    // Answers 0, 0, 2, 0.
    expect(down).toMatchObject({ mean: 0.5, zeroShare: 0.75, lifetimeSparseness: 1 });
    expect(down!.selectivity).toMatchObject({ index: 1, favourite: 1 });
    expect(dead).toMatchObject({ mean: 0, zeroShare: 1, saturation: 1, isDead: true });
    expect(dead!.lifetimeSparseness).toBe(0);
    expect(layer).toMatchObject({ dead: 1, density: 3 / 12, meanSlope: 3 / 12 });
    // One unit answers to each of the first three rows, none to the last.
    expect(layer!.populationSparseness).toBe(3 / 4);
  });

  it("calls no unit dead that has a slope left", () => {
    const leaky = new Dense({ inputs: 1, units: 1, activation: (z) => z.mul(0), ...f64 });
    expect(analyseUnits(new Sequential(leaky), x).layers[0]!.dead).toBe(1);
    const linear = new Dense({ inputs: 1, units: 1, bias: false, ...f64 });
    linear.weight.assign([[0]]);
    const [layer] = analyseUnits(new Sequential(linear), x).layers;
    expect([layer!.dead, layer!.units[0]!.zeroShare, layer!.meanSlope]).toEqual([0, 1, 1]);
  });

  it("finds the saturated share of tanh from its slope", () => {
    const layer = new Dense({ inputs: 1, units: 1, activation: (z) => z.tanh(), ...f64 });
    layer.weight.assign([[1]]);
    layer.bias!.assign([0]);
    // tanh′ is below 0.05 beyond ±2.178.
    const points = tensor([[2.17], [2.19], [-3], [0]], f64);
    const [found] = analyseUnits(layer, points).layers;
    expect([found!.path, found!.saturation]).toEqual(["", 0.5]);
    expect(analyseUnits(layer, points, { smallSlope: 1.1 }).layers[0]!.saturation).toBe(1);
  });

  it("knows the slope of a function between layers, and none of what is not one function of z", () => {
    const model = new Sequential(
      new Dense({ inputs: 1, units: 2, ...f64 }),
      (z) => z.sigmoid(),
      (z) => z.softmax(),
    );
    const slopes = analyseUnits(model, x).layers.map(({ path, meanSlope }) => [path, meanSlope]);
    expect(slopes).toEqual([
      ["0", 1],
      ["1", expect.closeTo(0.2, 1)],
      ["2", null],
    ]);
  });

  it("measures selectivity of answers below 0 from the lowest", () => {
    const layer = new Dense({ inputs: 1, units: 1, bias: false, ...f64 });
    layer.weight.assign([[1]]);
    const [found] = analyseUnits(layer, x, { labels }).layers;
    // Means 2 and −1, counted from −2: 4 and 1.
    expect(found!.units[0]!.selectivity).toEqual({ index: 3 / 5, favourite: 0, means: [2, -1] });
  });

  it("takes each place of a map as an answer of its channel, and rows batch by batch", () => {
    const layer = new Conv2d({ inChannels: 1, outChannels: 2, kernelSize: 1, bias: false, ...f64 });
    layer.weight.assign([[[[1]]], [[[-2]]]]);
    const maps = tensor([[[[1, 0]]], [[[3, -4]]], [[[0, 0]]]], f64);
    const model = new Sequential(layer, (z) => z.relu());
    const found = analyseUnits(model, maps, { labels: [0, 1, 1], paths: ["1"], batchSize: 2 });
    expect(found.layers).toHaveLength(1);
    const [one, two] = found.layers[0]!.units;
    expect([one!.mean, two!.mean]).toEqual([4 / 6, 8 / 6]);
    expect(one!.selectivity!.means).toEqual([0.5, 0.75]);
  });

  it("looks in evaluation mode, and leaves the mode as it was", () => {
    const model = new Sequential(relus(), new Dropout({ p: 0.9 }));
    const [layer] = analyseUnits(model, x).layers;
    expect(layer!.units[0]!.mean).toBe(1);
    expect(model.training).toBe(true);
  });

  it("takes a neuron, whose answers are [rows], for one unit", () => {
    const neuron = new ReLUNeuron({ inputs: 1, ...f64 });
    neuron.weight.assign([1]);
    neuron.bias.assign(0);
    const [layer] = analyseUnits(neuron, x).layers;
    expect(layer!.units).toHaveLength(1);
    expect(layer!.units[0]).toMatchObject({ mean: 1, zeroShare: 0.5, saturation: 0.5 });
    expect(topInputs(neuron, x, { path: "", unit: 0 }, 1)).toEqual([
      { row: 1, activation: 3, place: 0 },
    ]);
    expect(() => analyseUnits(neuron, zeros([0, 1], f64))).toThrow(/no rows in \[0, 1\]/);
  });

  it("prints a line for each layer, and refuses labels that do not fit", () => {
    expect(String(analyseUnits(new Sequential(relus()), x))).toBe(
      [
        "layer  units  dead  density  sparseness  mean slope  saturated",
        "0          3     1     0.25        0.75        0.25       0.75",
      ].join("\n"),
    );
    expect(() => analyseUnits(relus(), x, { labels: [1, 2] })).toThrow(/2 labels for 4 rows/);
  });
});
