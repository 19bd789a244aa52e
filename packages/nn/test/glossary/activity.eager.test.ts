import { key } from "@neurite/autograd";
import { beforeAll, describe, expect, it } from "vitest";
import {
  Adam,
  analyseUnits,
  crossEntropy,
  type Dense,
  fit,
  probe,
  type Sequential,
  take,
} from "../../src/index.js";
import { digits } from "../tasks/data.js";
import { network, rangeOf, relu, sigmoid, tanh } from "./examples.js";

/** Some rows of the digits, and what they are. */
function some(data: ReturnType<typeof digits>, rows: number) {
  const chosen = rangeOf(0, rows);
  return { inputs: take(data.inputs, chosen), targets: take(data.targets, chosen) };
}

function learn(model: Sequential, data: ReturnType<typeof some>, options: { l1?: number } = {}) {
  return fit(model, {
    ...{ ...data, loss: crossEntropy, epochs: 10, batchSize: 32, progress: false, key: key(3) },
    optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
    ...options,
  });
}

describe("sparse, dense, selective activation", () => {
  const data = some(digits(0), 500);
  const labels = data.targets;
  const kinds = { relu, tanh, sigmoid };
  const models = Object.fromEntries(
    Object.entries(kinds).map(([name, activation]) => [
      name,
      network([64, 16, 10], { activation }),
    ]),
  );
  const layerOf = (name: string) => analyseUnits(models[name]!, data.inputs, { labels }).layers;

  beforeAll(async () => {
    for (const model of Object.values(models)) await learn(model, data);
  });

  it("relu answers sparsely, tanh and sigmoid always", () => {
    const [sparse, dense, positive] = ["relu", "tanh", "sigmoid"].map((name) => layerOf(name)[0]!);
    expect(sparse!.density).toBeLessThan(0.8);
    expect([dense!.density, positive!.density]).toEqual([1, 1]);
    expect(sparse!.populationSparseness).toBeGreaterThan(1.5 * positive!.populationSparseness);
    // Of relu, a share of slopes is 0: where it does not answer.
    expect(sparse!.saturation).toBeCloseTo(1 - sparse!.density, 6);
    for (const { mean, min, max } of positive!.units) {
      expect(min).toBeGreaterThan(0);
      expect(max).toBeLessThan(1);
      expect(mean).toBeGreaterThan(min);
    }
  });

  it("each output unit answers most to its own class, and hidden ones to a few", () => {
    const classes = labels.toTypedArray();
    for (const name of Object.keys(kinds)) {
      const output = layerOf(name)[1]!;
      expect(output.units.map(({ selectivity }) => selectivity!.favourite)).toEqual(rangeOf(0, 10));
    }
    const [hidden] = layerOf("relu");
    const own = probe(models.relu!, data.inputs).activations["0"]!;
    const unit = hidden!.units.find(({ isDead }) => !isDead)!;
    const column = Array.from(own.slice(null, unit.unit).toTypedArray());
    expect(unit.mean).toBeCloseTo(column.reduce((a, b) => a + b) / 500, 5);
    expect(unit.zeroShare).toBe(column.filter((a) => a === 0).length / 500);
    const means = rangeOf(0, 10).map((digit) => {
      const answers = column.filter((_, row) => classes[row] === digit);
      return answers.reduce((a, b) => a + b, 0) / answers.length;
    });
    const best = Math.max(...means);
    const others = (means.reduce((a, b) => a + b) - best) / 9;
    expect(unit.selectivity!.index).toBeCloseTo((best - others) / (best + others), 5);
    expect(means.indexOf(best)).toBe(unit.selectivity!.favourite);
  });

  it("large weights saturate tanh, and a unit that is pushed down dies", () => {
    const [hidden] = models.tanh!.layers as Dense[];
    const before = layerOf("tanh")[0]!;
    const kept = hidden!.weight.stopGradient();
    hidden!.weight.assign(hidden!.weight.mul(30).stopGradient());
    expect(before.saturation).toBeLessThan(0.5);
    expect(layerOf("tanh")[0]!.saturation).toBeGreaterThan(0.9);
    hidden!.weight.assign(kept);
    const [own] = models.relu!.layers as Dense[];
    const { dead, units } = layerOf("relu")[0]!;
    const { unit: alive } = units.find(({ isDead }) => !isDead)!;
    const down = rangeOf(0, 16).map((unit) => (unit === alive ? -1e3 : 0));
    own!.bias!.assign(own!.bias!.add(down).stopGradient());
    const after = layerOf("relu")[0]!;
    expect(after.dead).toBe(dead + 1);
    expect(after.units[alive]).toMatchObject({ isDead: true, zeroShare: 1, mean: 0 });
    expect(String(analyseUnits(models.relu!, data.inputs))).toMatch(/^layer +units +dead/);
    expect(() => analyseUnits(models.relu!, data.inputs, { paths: ["hidden"] })).toThrow(
      /no layer is called "hidden".*use some of: 0, 1/s,
    );
  });
});
