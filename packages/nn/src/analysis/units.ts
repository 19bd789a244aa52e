import {
  asTensor,
  ShapeError,
  showShape,
  type Tensor,
  type TensorLike,
  ValueError,
  vjp,
} from "@neurite/autograd";
import { concatRows, rowCount } from "../data/take.js";
import type { Layer } from "../layers/layer.js";
import { evaluating } from "./evaluating.js";
import { layerValues } from "./layer-values.js";
import { slopeOf } from "./local-slope.js";
import { table } from "./table.js";
import { byUnit, unitAxisOf } from "./unit-axis.js";
import { sparseness, type UnitStats, unitStats } from "./unit-stats.js";

export interface AnalyseUnitsOptions {
  /** The class of each row: `[rows]`. */
  readonly labels?: TensorLike;
  /** Which layers to look at, by path; all by default. */
  readonly paths?: readonly string[];
  /**
   * Along which axis a layer's units lie; by default the channels of `[n, C, H, W]`, and the last
   * axis of all else. Other axes than this and the first count as more answers of the same unit.
   */
  readonly axis?: (path: string, output: Tensor) => number;
  /** Below which |σ′| a unit counts as saturated; 0.05 by default. */
  readonly smallSlope?: number;
  /** How many rows go through the model at once; 256 by default. */
  readonly batchSize?: number;
}

export interface LayerUnits {
  readonly path: string;
  /** Of the output for all rows. */
  readonly shape: readonly number[];
  readonly units: readonly UnitStats[];
  /** The share of answers that are not 0. */
  readonly density: number;
  /** Over the units and averaged over the rows: 0 if all answer alike, 1 if one does at a time. */
  readonly populationSparseness: number;
  /** The mean |σ′|; null where σ′ is not known. */
  readonly meanSlope: number | null;
  /** The share of answers at which |σ′| is small. */
  readonly saturation: number | null;
  readonly dead: number;
}

export interface UnitsReport {
  readonly layers: readonly LayerUnits[];
  toString(): string;
}

/**
 * How every unit of every layer answers to the rows `[rows, …]`, in evaluation mode: how strongly,
 * how often, to which classes, and whether it is saturated or dead. A layer is what made an output
 * with these rows; of modules inside each other that made the same one, the innermost.
 */
export function analyseUnits(
  model: Layer,
  x: TensorLike,
  { labels, paths, axis, smallSlope = 0.05, batchSize = 256 }: AnalyseUnitsOptions = {},
): UnitsReport {
  const inputs = asTensor(x);
  const classes = labels === undefined ? undefined : asTensor(labels).toTypedArray();
  checkLabels(inputs, classes);
  const all = evaluating(model, () => answersOf(model, inputs, batchSize));
  checkPaths(paths, all);
  const layers = all
    .filter(({ path }) => !paths || paths.includes(path))
    .map(({ path, output, slopes }) => {
      const along = axis?.(path, output) ?? unitAxisOf(output);
      return layerUnits(path, { output, slopes, along, classes, smallSlope });
    });
  return { layers, toString: () => show(layers) };
}

function checkLabels(x: Tensor, labels: ArrayLike<number> | undefined): void {
  if (!labels || labels.length === x.shape[0]) return;
  const problem = `${labels.length} labels for ${x.shape[0] ?? "no"} rows`;
  throw new ShapeError("analyseUnits", `${problem} of ${showShape(x.shape)}`, {
    shapes: [x.shape, [labels.length]],
    axis: 0,
    fix: "give one label for each row",
  });
}

function checkPaths(paths: readonly string[] = [], layers: readonly { path: string }[]): void {
  const known = layers.map(({ path }) => path);
  const unknown = paths.find((path) => !known.includes(path));
  if (unknown === undefined) return;
  throw new ValueError("analyseUnits", `no layer is called "${unknown}"`, {
    fix: `use some of: ${known.join(", ")}`,
  });
}

interface Answers {
  readonly path: string;
  readonly output: Tensor;
  readonly slopes: Tensor | null;
}

/** The outputs of all layers and their σ′ for all rows, computed batch by batch. */
function answersOf(model: Layer, inputs: Tensor, batchSize: number): Answers[] {
  const rows = rowCount("analyseUnits", inputs);
  if (rows === 0) {
    throw new ShapeError("analyseUnits", `there are no rows in ${showShape(inputs.shape)}`, {
      shapes: [inputs.shape],
      axis: 0,
      fix: "give at least one row",
    });
  }
  const starts = Array.from({ length: Math.ceil(rows / batchSize) }, (_, i) => i * batchSize);
  const batches = starts.map((start) => {
    let found: Answers[] = [];
    vjp(
      (x) => {
        const output = model.apply(x);
        const layers = layerValues([output]).filter((own) => own.output.shape[0] === x.shape[0]);
        found = layers.map(({ path, output, preActivation: z }) => ({
          path,
          output: output.stopGradient(),
          slopes: z && slopeOf(output, z),
        }));
        return output;
      },
      inputs.slice([start, Math.min(start + batchSize, rows)]),
    );
    return found;
  });
  return batches[0]!.map(({ path, slopes }, i) => ({
    path,
    output: concatRows(batches.map((layers) => layers[i]!.output)),
    slopes: slopes && concatRows(batches.map((layers) => layers[i]!.slopes!)),
  }));
}

interface LayerData {
  readonly output: Tensor;
  readonly slopes: Tensor | null;
  readonly along: number;
  readonly classes: ArrayLike<number> | undefined;
  readonly smallSlope: number;
}

function layerUnits(path: string, layer: LayerData): LayerUnits {
  const { output, slopes, along, classes, smallSlope } = layer;
  const answers = byUnit(output, along);
  const ownSlopes = slopes && byUnit(slopes, along);
  const each = answers[0]!.length;
  const places = each / output.shape[0]!;
  const labels =
    classes && Float64Array.from({ length: each }, (_, i) => classes[Math.floor(i / places)]!);
  const size = answers.length * each;
  const squares = answers.reduce((sum, own) => sum + own.reduce((all, a) => all + a * a, 0), 0);
  const nearZero = 0.01 * Math.sqrt(squares / size);
  const units = answers.map((own, unit) =>
    unitStats(unit, own, { labels, slopes: ownSlopes?.[unit], smallSlope, nearZero }),
  );
  const mean = (of: (i: number) => number) =>
    answers.reduce((sum, _, i) => sum + of(i), 0) / answers.length;
  let population = 0;
  for (let i = 0; i < each; i++) population += sparseness(answers.map((own) => own[i]!)) / each;
  return {
    path,
    shape: output.shape,
    units,
    density: 1 - mean((i) => units[i]!.zeroShare),
    populationSparseness: population,
    meanSlope: ownSlopes && mean((i) => ownSlopes[i]!.reduce((a, s) => a + Math.abs(s), 0) / each),
    saturation: ownSlopes && mean((i) => units[i]!.saturation!),
    dead: units.filter(({ isDead }) => isDead).length,
  };
}

function show(layers: readonly LayerUnits[]): string {
  const head = ["layer", "units", "dead", "density", "sparseness", "mean slope", "saturated"];
  const rows = layers.map((layer) => [
    layer.path,
    ...[layer.units.length, layer.dead, layer.density, layer.populationSparseness],
    ...[layer.meanSlope, layer.saturation],
  ]);
  return table([head, ...rows]);
}
