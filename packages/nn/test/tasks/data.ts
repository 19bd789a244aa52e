import { readFileSync } from "node:fs";
import { asTensor, key, split, type Tensor, tensor } from "@neurite/autograd";
import {
  chronological,
  holdOut,
  OneHotEncoder,
  parseCsv,
  rowContents,
  Standardizer,
  slidingWindows,
  stackColumns,
  take,
} from "../../src/index.js";

/** What one seed learns from and is judged by. */
export interface TaskData {
  readonly inputs: Tensor;
  readonly targets: Tensor;
  readonly testInputs: Tensor;
  readonly testTargets: Tensor;
  /** How much of the data's own unit a target of 1 is: dollars, degrees; 1 for classes. */
  readonly unit: number;
}

const read = (file: string): string =>
  readFileSync(new URL(`../../../../examples/data/${file}`, import.meta.url), "utf8");

const splitKey = (seed: number) => split(key(seed))[0]!;

/** Prices from square feet and zip code, as in example 05. */
export function sacramento(seed: number): TaskData {
  const table = parseCsv(read("sacramento.csv"), {
    columns: { sqft: "number", zip: "text", price: "number" },
  });
  const { sqft, zip, price } = table.columns;
  const keepTogether = rowContents(table);
  const { train, validation } = holdOut(table.rows, { key: splitKey(seed), keepTogether });
  const size = Standardizer.fit(take(sqft, train));
  const zips = OneHotEncoder.fit(take(zip, train), { unknown: "zero" });
  const cost = Standardizer.fit(take(price, train));
  const features = (rows: Int32Array) =>
    stackColumns({
      sqft: size.transform(take(sqft, rows)),
      ...zips.columns("zip", take(zip, rows)),
    }).values;
  const prices = (rows: Int32Array) =>
    stackColumns({ price: cost.transform(take(price, rows)) }).values;
  return {
    inputs: features(train),
    targets: prices(train),
    testInputs: features(validation),
    testTargets: prices(validation),
    unit: cost.scales[0]!,
  };
}

/** Three species from four measurements, on the rows that have them. */
export function penguins(seed: number): TaskData {
  const { rows, columns } = parseCsv(read("penguins.csv"), {
    columns: {
      species: "text",
      bill_length_mm: "optional number",
      bill_depth_mm: "optional number",
      flipper_length_mm: "optional number",
      body_mass_g: "optional number",
    },
  });
  const { species, ...measured } = columns;
  const complete = Int32Array.from({ length: rows }, (_, row) => row).filter((row) =>
    Number.isFinite(measured.body_mass_g[row]!),
  );
  const kept = Object.entries(measured).map(([name, column]) => [name, take(column, complete)]);
  const { values } = stackColumns(Object.fromEntries(kept));
  const names = [...new Set(species)].sort();
  const classes = Int32Array.from(complete, (row) => names.indexOf(species[row]!));
  return classified(values, classes, seed, true);
}

const PIXELS = 64;

/** Digits as rows of 64 numbers between 0 and 1. */
export function digits(seed: number): TaskData {
  const { rows, columns } = parseCsv(read("digits.csv"));
  const { label, ...pixels } = columns as Record<string, Float64Array>;
  const { values } = stackColumns(pixels);
  return classified(
    values.div(16),
    Int32Array.from({ length: rows }, (_, i) => label![i]!),
    seed,
  );
}

/** Digits as images of one channel, `[n, 1, 8, 8]`. */
export function digitImages(seed: number): TaskData {
  const { inputs, testInputs, ...rest } = digits(seed);
  const side = Math.sqrt(PIXELS);
  const asImages = (x: Tensor) => x.reshape([-1, 1, side, side]);
  return { inputs: asImages(inputs), testInputs: asImages(testInputs), ...rest };
}

function classified(x: Tensor, classes: Int32Array, seed: number, isScaled = false): TaskData {
  const { train, validation } = holdOut(classes.length, {
    key: splitKey(seed),
    stratify: classes,
  });
  const scale = Standardizer.fit(take(x, train));
  const inputs = (rows: Int32Array) => (isScaled ? scale.transform(take(x, rows)) : take(x, rows));
  const targets = (rows: Int32Array) => tensor(take(classes, rows), { dtype: "int32" });
  return {
    inputs: inputs(train),
    targets: targets(train),
    testInputs: inputs(validation),
    testTargets: targets(validation),
    unit: 1,
  };
}

/** Tomorrow's highest temperature from seven days, judged on the last year, as in example 06. */
export function weather(): TaskData {
  const { rows, columns } = parseCsv(read("seattle-weather.csv"), {
    columns: { temp_max: "number", temp_min: "number", precipitation: "number", wind: "number" },
  });
  const { train, validation } = chronological(rows, { fraction: 0.25 });
  const { values } = stackColumns(columns);
  const scale = Standardizer.fit(take(values, train));
  const temperature = Standardizer.fit(take(columns.temp_max, train));
  const windows = (days: Int32Array) =>
    slidingWindows(scale.transform(take(values, days)), {
      length: 7,
      targets: temperature.transform(take(columns.temp_max, days)),
    });
  const [earlier, later] = [windows(train), windows(validation)];
  return {
    inputs: asTensor(earlier.inputs),
    targets: asTensor(earlier.targets),
    testInputs: asTensor(later.inputs),
    testTargets: asTensor(later.targets),
    unit: temperature.scales[0]!,
  };
}
