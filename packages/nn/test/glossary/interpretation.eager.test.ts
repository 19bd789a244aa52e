import { key } from "@neurite/autograd";
import { beforeAll, describe, expect, it } from "vitest";
import {
  Adam,
  featureReport,
  fit,
  gradientTimesInput,
  holdOut,
  Imputer,
  integratedGradients,
  MinMaxScaler,
  mse,
  OneHotEncoder,
  OrdinalEncoder,
  parseCsv,
  predict,
  rmse,
  rowContents,
  type Sequential,
  Standardizer,
  stackColumns,
  take,
} from "../../src/index.js";
import { network, readExample, tanh } from "./examples.js";

const table = parseCsv(readExample("sacramento.csv"), {
  columns: { sqft: "number", zip: "text", beds: "number", type: "text", price: "number" },
});
const homes = holdOut(table.rows, { key: key(1), keepTogether: rowContents(table) });
const train = take(table, homes.train).columns;
const unseen = take(table, homes.validation).columns;

const size = Standardizer.fit(train.sqft);
const zips = OneHotEncoder.fit(train.zip, { unknown: "zero" });
const cost = Standardizer.fit(train.price);
const featuresOf = ({ sqft, zip }: typeof train) =>
  stackColumns({ sqft: size.transform(sqft), ...zips.columns("zip", zip) });
const { values: inputs, names } = featuresOf(train);
const others = featuresOf(unseen).values;
const targets = cost.transform(train.price).reshape([-1, 1]);

async function learn(model: Sequential): Promise<Sequential> {
  await fit(model, {
    ...{ inputs, targets, loss: mse, epochs: 12, batchSize: 32, progress: false, key: key(3) },
    optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
  });
  return model;
}

describe("interpretability of a prediction", () => {
  const model = network([names.length, 8, 1], { activation: tanh });
  const linear = network([names.length, 1]);

  beforeAll(async () => {
    await learn(model);
    await learn(linear);
  });

  it("of a linear model is its weights times its inputs: dollars for each square foot", () => {
    const [weight] = linear.parameters();
    const shares = gradientTimesInput(linear, others);
    const products = others.mul(weight!).stopGradient();
    expect(shares.toArray()).toEqual(products.toArray());
    const perFoot = (weight!.toTypedArray()[0]! * cost.scales[0]!) / size.scales[0]!;
    expect(perFoot).toBeGreaterThan(80);
    expect(perFoot).toBeLessThan(200);
    // From 1000 to 2000 square feet at the same place.
    const [small, large] = [1000, 2000].map(
      (sqft) => featuresOf({ ...train, sqft: train.sqft.map(() => sqft) }).values,
    );
    const from = integratedGradients(linear, large!.slice([0, 1]), { baseline: small!.slice(0) });
    const target = cost;
    const options = { names, inputs: large!.slice([0, 1]), standardized: { sqft: size }, target };
    const { features, prediction, baseline } = featureReport(from, options);
    expect(features[0]).toMatchObject({ feature: "sqft" });
    expect(features[0]!.value).toBeCloseTo(2000, 2);
    expect(features[0]!.contribution / 1000).toBeCloseTo(perFoot, 2);
    expect(prediction - baseline).toBeCloseTo(features[0]!.contribution, 0);
  });

  it("integrated gradients add up to the prediction, told in dollars", () => {
    const attribution = integratedGradients(model, others);
    const outputs = predict(model, others).toTypedArray();
    for (const [row, error] of attribution.completenessErrors.entries()) {
      expect(Math.abs(error)).toBeLessThan(1e-3);
      expect(attribution.outputs[row]).toBeCloseTo(outputs[row]!, 5);
    }
    const coarse = integratedGradients(model, others, { steps: 1 }).completenessErrors;
    const worst = (errors: readonly number[]) => Math.max(...errors.map(Math.abs));
    expect(worst(coarse)).toBeGreaterThan(10 * worst(attribution.completenessErrors));

    const standardized = { sqft: size };
    const dollars = cost.inverse(predict(model, others)).toTypedArray();
    for (const row of [0, 5, 17]) {
      const report = featureReport(attribution, {
        ...{ names, inputs: others, row, standardized, target: cost },
      });
      expect(report.features).toHaveLength(2);
      const values = Object.fromEntries(report.features.map((own) => [own.feature, own.value]));
      expect(values.sqft).toBeCloseTo(unseen.sqft[row]!, 2);
      expect(values.zip).toBe(unseen.zip[row]);
      expect(report.prediction / dollars[row]!).toBeCloseTo(1, 5);
      expect(report.prediction).toBeGreaterThan(20_000);
      const sum = report.features.reduce((all, own) => all + own.contribution, report.baseline);
      expect(sum - report.completenessError).toBeCloseTo(report.prediction, 0);
      expect(Math.abs(report.completenessError)).toBeLessThan(1e-3 * cost.scales[0]!);
      expect(String(report)).toMatch(new RegExp(`sqft +${unseen.sqft[row]}`));
    }
    const told = { names, inputs: others };
    expect(() => featureReport(attribution, { ...told, row: 500 })).toThrow(
      `row 500 of ${unseen.sqft.length}`,
    );
    const misnamed = { ...told, standardized: { size } };
    expect(() => featureReport(attribution, misnamed)).toThrow(
      /standardized has "size", which is no column.*use some of: sqft, zip=/s,
    );
  });
});

describe("feature vectors: square feet, zip code", () => {
  it("are fitted on the training rows alone, and go back to dollars", async () => {
    const mean = train.sqft.reduce((a, b) => a + b) / train.sqft.length;
    expect(size.means[0]).toBeCloseTo(mean, 9);
    const standardized = size.transform(train.sqft);
    expect(standardized.mean().item()).toBeCloseTo(0, 5);
    expect(standardized.square().mean().item()).toBeCloseTo(1, 5);
    expect(Math.abs(size.transform(unseen.sqft).mean().item())).toBeGreaterThan(1e-3);
    const back = size.inverse(size.transform(unseen.sqft)).toTypedArray();
    for (const [row, sqft] of unseen.sqft.entries()) expect(back[row]).toBeCloseTo(sqft, 2);

    const range = MinMaxScaler.fit(train.sqft);
    const scaled = range.transform(train.sqft).toTypedArray();
    expect([Math.min(...scaled), Math.max(...scaled)]).toEqual([0, 1]);
    expect([range.minima[0], range.maxima[0]]).toEqual([
      Math.min(...train.sqft),
      Math.max(...train.sqft),
    ]);

    const { rows, categories } = zips.unseen(unseen.zip);
    const unknown = unseen.zip.filter((zip) => !train.zip.includes(zip));
    expect(rows).toBe(unknown.length);
    expect(rows).toBeGreaterThan(0);
    expect(categories).toEqual([...new Set(unknown)]);
    const encoded = zips.transform(unseen.zip);
    expect(encoded.sum().item()).toBe(unseen.zip.length - rows);
    const decoded = zips.inverse(encoded);
    for (const [row, zip] of unseen.zip.entries()) {
      expect(decoded[row]).toBe(train.zip.includes(zip) ? zip : undefined);
    }
    const strict = OneHotEncoder.fit(train.zip);
    expect(() => strict.transform(unseen.zip)).toThrow(unknown[0]!);
    const order = ["Condo", "Multi_Family", "Residential"];
    const kinds = OrdinalEncoder.fit(train.type, { order });
    expect(kinds.inverse(kinds.transform(unseen.type))).toEqual(unseen.type);
    expect(new Set(kinds.transform(train.type).toTypedArray())).toEqual(new Set([0, 1, 2]));

    const model = await learn(network([names.length, 8, 1], { activation: tanh }));
    const priced = cost.inverse(predict(model, others));
    const actual = Array.from(unseen.price, (price) => [price]);
    const byMean = Math.hypot(...unseen.price.map((price) => price - cost.means[0]!));
    const error = rmse(priced, actual).item();
    expect(error).toBeLessThan((0.75 * byMean) / Math.sqrt(unseen.price.length));
    expect(error).toBeGreaterThan(40_000);
  });

  it("gaps are filled with what the training rows say", () => {
    const all = parseCsv(readExample("penguins.csv"), {
      columns: { body_mass_g: "optional number", sex: "text", species: "text" },
    });
    const { train, validation } = holdOut(all.rows, { key: key(2), stratify: all.columns.species });
    const [known, other] = [take(all, train), take(all, validation)];
    const imputer = Imputer.fit(known, { body_mass_g: "median", sex: "mostFrequent" });
    const gaps = [imputer.gaps(known), imputer.gaps(other)];
    expect(gaps[0]!.body_mass_g! + gaps[1]!.body_mass_g!).toBe(2);
    expect(gaps[0]!.sex! + gaps[1]!.sex!).toBe(11);
    const masses = known.columns.body_mass_g.filter((mass) => !Number.isNaN(mass)).sort();
    const middle = (masses.length - 1) / 2;
    const median = (masses[Math.floor(middle)]! + masses[Math.ceil(middle)]!) / 2;
    expect(imputer.fills.body_mass_g).toBe(median);
    const filled = imputer.transform(all);
    expect(imputer.gaps(filled)).toEqual({ body_mass_g: 0, sex: 0 });
    const missing = all.columns.body_mass_g.findIndex((mass) => Number.isNaN(mass));
    expect(filled.columns.body_mass_g[missing]).toBe(median);
    expect(filled.columns.body_mass_g[0]).toBe(all.columns.body_mass_g[0]);
    expect(() => stackColumns({ mass: all.columns.body_mass_g })).toThrow(
      new RegExp(`column mass has NaN in row ${missing} .*\\n.*fill the gap`, "s"),
    );
  });
});
