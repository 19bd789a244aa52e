import { readFileSync } from "node:fs";
import { key, split, type Tensor, tensor } from "@neurite/autograd";
import { beforeAll, describe, expect, it } from "vitest";
import {
  Adam,
  type Attribution,
  Dense,
  featureReport,
  fit,
  gradientTimesInput,
  holdOut,
  integratedGradients,
  mse,
  OneHotEncoder,
  parseCsv,
  Sequential,
  Standardizer,
  stackColumns,
  take,
} from "../../src/index.js";

const f64 = { dtype: "float64" } as const;
const sumOf = (x: Tensor): number[] => [...x.sum(-1).toTypedArray()];

describe("attribution of closed forms", () => {
  const linear = new Dense({ inputs: 3, units: 2, ...f64 });
  linear.weight.assign([
    [1, -2, 0.5],
    [0, 3, 0],
  ]);
  const x = tensor(
    [
      [2, 1, 4],
      [0, -1, 2],
    ],
    f64,
  );

  it("of a linear model is weight times input, by either way", () => {
    expect(gradientTimesInput(linear, x).toArray()).toEqual([
      [2, -2, 2],
      [0, 2, 1],
    ]);
    expect(gradientTimesInput(linear, x, { output: 1 }).toArray()).toEqual([
      [0, 3, 0],
      [0, -3, 0],
    ]);
    const found = integratedGradients(linear, x, { steps: 3 });
    const close = found.attributions.sub(gradientTimesInput(linear, x)).abs().max().item();
    expect(close).toBeLessThan(1e-14);
    expect(Math.max(...found.completenessErrors.map(Math.abs))).toBeLessThan(1e-14);
  });

  it("of x·y from (0, 0) to (a, b) is ab/2 each, and of a square the difference of squares", () => {
    const product = new Sequential((x) => x.prod(-1, { keepDims: true }));
    const found = integratedGradients(product, tensor([[3, 4]], f64));
    expect(found.attributions.toArray()).toEqual([[6, 6].map((a) => expect.closeTo(a, 13))]);
    const squares = new Sequential((x) => x.square().sum(-1, { keepDims: true }));
    const from = integratedGradients(squares, tensor([[3, 4]], f64), { baseline: [1, -1] });
    expect(from.attributions.toArray()).toEqual([[8, 15].map((a) => expect.closeTo(a, 13))]);
    expect([from.outputs, from.baselines]).toEqual([[25], [2]]);
  });

  it("reports what the steps miss, which falls with their square", () => {
    const model = new Sequential((x) => x.tanh().sum(-1, { keepDims: true }));
    const error = (steps: number) =>
      Math.abs(integratedGradients(model, tensor([[2]], f64), { steps }).completenessErrors[0]!);
    expect(error(20)).toBeGreaterThan(1e-6);
    expect(error(20) / error(40)).toBeCloseTo(4, 1);
    const { attributions, completenessErrors } = integratedGradients(model, tensor([[2]], f64), {
      steps: 20,
    });
    expect(sumOf(attributions)[0]! - Math.tanh(2)).toBeCloseTo(completenessErrors[0]!, 15);
  });

  it("refuses an output, a baseline or a count that does not fit", () => {
    expect(() => gradientTimesInput(linear, x, { output: 2 })).toThrow(/output 2 .* \[2, 2\]/);
    expect(() => integratedGradients(linear, x, { baseline: [1, 2] })).toThrow(
      /baseline of \[2\] for inputs of \[2, 3\]/,
    );
    expect(() => integratedGradients(linear, x, { steps: 0 })).toThrow(/steps is 0/);
  });
});

describe("a prediction of house prices", () => {
  const csv = new URL("../../../../examples/data/sacramento.csv", import.meta.url);
  const { rows, columns } = parseCsv(readFileSync(csv, "utf8"), {
    columns: { sqft: "number", baths: "number", zip: "text", price: "number" },
  });
  const { train, validation } = holdOut(rows, { key: key(1) });
  const scaled = (name: "sqft" | "baths" | "price") => Standardizer.fit(take(columns[name], train));
  const standardized = { sqft: scaled("sqft"), baths: scaled("baths") };
  const target = scaled("price");
  const zips = OneHotEncoder.fit(take(columns.zip, train), { unknown: "zero" });
  const featuresOf = (rows: Int32Array) =>
    stackColumns({
      sqft: standardized.sqft.transform(take(columns.sqft, rows)),
      baths: standardized.baths.transform(take(columns.baths, rows)),
      ...zips.columns("zip", take(columns.zip, rows)),
    });
  const { values: inputs, names } = featuresOf(train);
  const houses = featuresOf(validation).values;
  const [hiddenKey, outputKey, orderKey] = split(key(2), 3);
  const model = new Sequential(
    new Dense({ inputs: names.length, units: 8, activation: (z) => z.tanh(), key: hiddenKey! }),
    new Dense({ inputs: 8, units: 1, key: outputKey! }),
  );
  let found: Attribution;

  beforeAll(async () => {
    await fit(model, {
      ...{ inputs, loss: mse, epochs: 15, batchSize: 32, key: orderKey!, progress: false },
      targets: target.transform(take(columns.price, train)).reshape([-1, 1]),
      optimizer: new Adam(model.parameters(), { learningRate: 0.005, weightDecay: 1e-3 }),
    });
    found = integratedGradients(model, houses);
  });

  it("is complete: the contributions add up to it", () => {
    const worst = Math.max(...found.completenessErrors.map(Math.abs));
    const largest = Math.max(...found.outputs.map(Math.abs));
    expect(worst / largest).toBeLessThan(1e-3);
    expect(found.completenessErrors).toHaveLength(validation.length);
  });

  it("is reported in dollars, square feet and zip codes", () => {
    const row = 3;
    const report = featureReport(found, { names, inputs: houses, row, standardized, target });
    expect(report.features.map(({ feature }) => feature).sort()).toEqual(["baths", "sqft", "zip"]);
    const by = Object.fromEntries(report.features.map((own) => [own.feature, own]));
    const house = validation[row]!;
    expect(by.sqft!.value).toBeCloseTo(columns.sqft[house]!, 2);
    expect(by.baths!.value).toBeCloseTo(columns.baths[house]!, 4);
    expect(by.zip!.value).toBe(columns.zip[house]);
    const [first, ...others] = report.features.map(({ contribution }) => contribution);
    const total = others.reduce((sum, own) => sum + own, first!);
    const gap = report.prediction - report.baseline;
    expect(total - gap).toBeCloseTo(report.completenessError, 0);
    expect(report.prediction).toBeCloseTo(target.inverse([found.outputs[row]!]).item(), -1);
    expect(String(report)).toMatch(/^feature +value +contribution\nbaseline .*\nprediction/s);
  });

  it("rests on the size of the house: more square feet, more dollars", () => {
    const places = validation.map((_, row) => row);
    const all = Array.from(places, (row) =>
      featureReport(found, { names, inputs: houses, row, standardized, target }),
    );
    const sqft = all.map(({ features }) => features.find(({ feature }) => feature === "sqft")!);
    const mean = target.means[0]!;
    expect(mean).toBeGreaterThan(100_000);
    const average = standardized.sqft.means[0]!;
    const agree = sqft.filter(
      ({ value, contribution }) => Number(value) > average === contribution > 0,
    );
    expect(agree.length / all.length).toBeGreaterThan(0.95);
  });

  it("refuses names that do not fit", () => {
    expect(() => featureReport(found, { names: ["sqft"], inputs: houses })).toThrow(/1 names for/);
  });
});
