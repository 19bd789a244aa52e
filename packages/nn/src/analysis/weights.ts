import {
  noGrad,
  type Operand,
  type Tensor,
  type TensorStats,
  tensorStats,
} from "@neurite/autograd";
import type { Module } from "../module.js";
import { table } from "./table.js";

/** The weights of one parameter. */
export interface ParameterWeights extends TensorStats {
  readonly path: string;
  readonly shape: readonly number[];
  /** At 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly number[];
  /** Of each unit's weights, along the first axis: its magnitude. Empty below rank 2. */
  readonly unitNorms: readonly number[];
  /** The two units whose weights point the most alike, or apart; null with fewer than two. */
  readonly closest: { readonly units: readonly [number, number]; readonly cosine: number } | null;
}

export interface WeightReport {
  readonly parameters: readonly ParameterWeights[];
  toString(): string;
}

/** How large the weights of a model are, how they are spread, and where its units point. */
export function weightReport(model: Module): WeightReport {
  const parameters = Array.from(model.namedParameters(), ([path, parameter]) => {
    const angles = parameter.rank < 2 ? [] : unitCosines(parameter);
    return {
      path,
      shape: parameter.shape,
      ...tensorStats(parameter),
      quantiles: quantiles(parameter, [0.05, 0.25, 0.5, 0.75, 0.95]),
      unitNorms: parameter.rank < 2 ? [] : rowsOf(parameter).map(normOf),
      closest: closestOf(angles),
    };
  });
  return { parameters, toString: () => show(parameters) };
}

/** The q-quantiles of a tensor's elements, between neighbours by proportion, as in NumPy. */
export function quantiles(x: Operand, shares: readonly number[]): number[] {
  const sorted = Float64Array.from(x.toTypedArray()).sort();
  return shares.map((share) => {
    const at = share * (sorted.length - 1);
    const below = sorted[Math.floor(at)]!;
    return below + (at % 1 === 0 ? 0 : (sorted[Math.ceil(at)]! - below) * (at % 1));
  });
}

/**
 * The cosine of the angle between the weights of every two units, which lie along the first axis: 1
 * for one direction, −1 for opposite ones, and 0 where one of them has no weights.
 */
export function unitCosines(weight: Operand): number[][] {
  const rows = rowsOf(weight);
  return rows.map((a) => rows.map((b) => cosine(a, b)));
}

/** The cosine of the angle between two tensors, taken as vectors; 0 where one of them is 0. */
export const cosineOf = (a: Operand, b: Operand): number =>
  cosine(Float64Array.from(a.toTypedArray()), Float64Array.from(b.toTypedArray()));

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

const normOf = (a: Float64Array): number => Math.sqrt(dot(a, a));

function cosine(a: Float64Array, b: Float64Array): number {
  const product = normOf(a) * normOf(b);
  return product === 0 ? 0 : Math.max(-1, Math.min(1, dot(a, b) / product));
}

function rowsOf(weight: Operand): Float64Array[] {
  const elements = Float64Array.from(weight.toTypedArray());
  const width = elements.length / weight.shape[0]!;
  return Array.from({ length: weight.shape[0]! }, (_, unit) =>
    elements.subarray(unit * width, (unit + 1) * width),
  );
}

function closestOf(cosines: readonly (readonly number[])[]): ParameterWeights["closest"] {
  let closest: ParameterWeights["closest"] = null;
  for (const [i, row] of cosines.entries()) {
    for (let j = i + 1; j < row.length; j++) {
      const isCloser = !closest || Math.abs(row[j]!) > Math.abs(closest.cosine);
      if (isCloser) closest = { units: [i, j], cosine: row[j]! };
    }
  }
  return closest;
}

function show(parameters: readonly ParameterWeights[]): string {
  const head = ["parameter", "mean", "std", "rms", "5 %", "median", "95 %", "closest units"];
  const rows = parameters.map(({ path, mean, std, rms, quantiles: q, closest }) => [
    ...[path, mean, std, rms, q[0]!, q[2]!, q[4]!],
    closest ? `${closest.units.join(" and ")}: ${closest.cosine.toFixed(3)}` : "",
  ]);
  return table([head, ...rows]);
}

/** How a tensor changed from one moment to another. */
export interface Change {
  /** The RMS of the change over the RMS of what was there: the update-to-weight ratio. */
  readonly ratio: number;
  /** The cosine of the angle between both. */
  readonly cosine: number;
  /** The Euclidean norm of the change. */
  readonly distance: number;
}

/** What became of a tensor; a ratio near 1e-3 at every step is a common rule of thumb. */
export function changeOf(before: Operand, after: Operand): Change {
  const change = tensorStats(noGrad((): Tensor => after.asTensor().sub(before)));
  const { rms } = tensorStats(before);
  return { ratio: change.rms / rms, cosine: cosineOf(before, after), distance: change.norm };
}
