import { readFileSync } from "node:fs";
import { key, split, type Tensor } from "@neurite/autograd";
import {
  Dense,
  type init,
  OneHotEncoder,
  parseCsv,
  Sequential,
  Standardizer,
  stackColumns,
} from "../../src/index.js";

/** The text of one of the examples' files. */
export const readExample = (file: string): string =>
  readFileSync(new URL(`../../../../examples/data/${file}`, import.meta.url), "utf8");

/** Fisher's flowers, 50 of each species in order: measurements in deviations from their mean. */
export function iris({ dtype = "float32" }: { dtype?: "float32" | "float64" } = {}) {
  const { columns } = parseCsv(readExample("iris.csv"), {
    columns: {
      sepal_length_cm: "number",
      sepal_width_cm: "number",
      petal_length_cm: "number",
      petal_width_cm: "number",
      species: "text",
    },
  });
  const { species, ...measures } = columns;
  const { values, names } = stackColumns(measures);
  const inputs = Standardizer.fit(values, { dtype }).transform(values);
  return { inputs, targets: OneHotEncoder.fit(species).indices(species), names, measures };
}

interface NetworkOptions {
  readonly seed?: number;
  readonly activation?: (z: Tensor) => Tensor;
  readonly weightInit?: init.Init;
  readonly biasInit?: init.Init;
  readonly dtype?: "float32" | "float64";
}

export const relu = (z: Tensor): Tensor => z.relu();
export const tanh = (z: Tensor): Tensor => z.tanh();
export const sigmoid = (z: Tensor): Tensor => z.sigmoid();

/** Dense layers of the given widths, inputs first; all but the last with an activation. */
export function network(
  widths: readonly number[],
  { seed = 1, activation = relu, ...options }: NetworkOptions = {},
): Sequential {
  const keys = split(key(seed), widths.length - 1);
  return new Sequential(...keys.map((own, i) => layer(own, i)));

  function layer(own: (typeof keys)[number], i: number): Dense {
    const sizes = { inputs: widths[i]!, units: widths[i + 1]!, key: own };
    const isLast = i === widths.length - 2;
    return new Dense({ ...sizes, ...options, activation: isLast ? (z) => z : activation });
  }
}

export const rangeOf = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, i) => start + i);
