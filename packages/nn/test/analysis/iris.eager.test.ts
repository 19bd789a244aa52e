import { readFileSync } from "node:fs";
import { key, split } from "@neurite/autograd";
import { beforeAll, describe, expect, it } from "vitest";
import {
  Adam,
  analyseUnits,
  checkInitialisation,
  crossEntropy,
  Dense,
  fit,
  gradientReport,
  OneHotEncoder,
  parseCsv,
  Sequential,
  Standardizer,
  stackColumns,
  topInputs,
} from "../../src/index.js";

const text = readFileSync(new URL("../../../../examples/data/iris.csv", import.meta.url), "utf8");
const header = text.slice(0, text.indexOf("\n")).trim().split(",");
const [species, ...measures] = [header.at(-1)!, ...header.slice(0, -1)];
const { columns } = parseCsv(text, {
  columns: {
    ...Object.fromEntries(measures.map((name) => [name, "number"] as const)),
    [species]: "text",
  },
});
const numbers = stackColumns(
  Object.fromEntries(measures.map((name) => [name, columns[name] as Float64Array])),
);
const inputs = Standardizer.fit(numbers.values).transform(numbers.values);
const kinds = OneHotEncoder.fit(columns[species] as readonly string[]);
const labels = kinds.indices(columns[species] as readonly string[]);
const [hiddenKey, outputKey, orderKey] = split(key(1), 3);
const model = new Sequential(
  new Dense({ inputs: 4, units: 8, activation: (z) => z.relu(), key: hiddenKey! }),
  new Dense({ inputs: 8, units: 3, key: outputKey! }),
);

describe("a network that tells irises apart", () => {
  it("begins without warnings", () => {
    expect(checkInitialisation(model, inputs).symmetric).toEqual([]);
  });

  beforeAll(async () => {
    await fit(model, {
      ...{ inputs, targets: labels, loss: crossEntropy, epochs: 40, progress: false },
      optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
      key: orderKey!,
    });
  });

  it("has units that are selective, sparse, and answer most to their favourite class", () => {
    const [hidden, output] = analyseUnits(model, inputs, { labels }).layers;
    expect([hidden!.path, output!.path]).toEqual(["0", "1"]);
    expect(output!.units.map(({ selectivity }) => selectivity!.favourite)).toEqual([0, 1, 2]);
    expect(hidden!.density).toBeLessThan(0.9);
    expect(hidden!.saturation).toBeCloseTo(1 - hidden!.density, 6);
    const alive = hidden!.units.filter(({ isDead }) => !isDead);
    const best = alive.reduce((a, b) => (b.selectivity!.index > a.selectivity!.index ? b : a));
    expect(best.selectivity!.index).toBeGreaterThan(0.8);
    const classes = labels.toTypedArray();
    const top = topInputs(model, inputs, { path: "0", unit: best.unit }, 5);
    expect(top[0]!.activation).toBeCloseTo(best.max, 5);
    for (const { row } of top) expect(classes[row]).toBe(best.selectivity!.favourite);
  });

  it("passes gradients to both layers", () => {
    const report = gradientReport(model, crossEntropy(model.apply(inputs), labels));
    expect(report.layers.map(({ path }) => path)).toEqual(["0", "1"]);
    expect(report.flow).toMatchObject({ isVanishing: false, isExploding: false });
    const [first] = report.layers;
    expect(first!.gain! / (first!.activationFactor! * first!.weightFactor!)).toBeCloseTo(1, 10);
  });
});
