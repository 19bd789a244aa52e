import { IndexError, ShapeError, showNumber, showShape, ValueError } from "@neurite/autograd";
import type { Standardizer } from "../data/standardizer.js";
import type { Attribution } from "./attribution.js";
import { table } from "./table.js";

export interface FeatureReportOptions {
  /** The columns of the inputs `[rows, columns]`, as `stackColumns` names them. */
  readonly names: readonly string[];
  /** The inputs that were explained, row by row. */
  readonly inputs: { toTypedArray(): ArrayLike<number> };
  /** Which row to report; 0 by default. */
  readonly row?: number;
  /** How columns were standardised, by name: their values are reported as they were before. */
  readonly standardized?: Readonly<Record<string, Standardizer>>;
  /** How the target was: contributions and predictions are reported in its unit. */
  readonly target?: Standardizer;
}

/** What one feature of one row contributes to its prediction. */
export interface FeatureContribution {
  readonly feature: string;
  /** In the data's own unit; the category, for a feature that was one-hot encoded. */
  readonly value: number | string;
  /** In the target's unit. */
  readonly contribution: number;
}

export interface FeatureReport {
  /** The largest contribution first, whatever its sign. */
  readonly features: readonly FeatureContribution[];
  readonly baseline: number;
  readonly prediction: number;
  /** What the contributions miss of `prediction − baseline`. */
  readonly completenessError: number;
  toString(): string;
}

/**
 * An attribution told in the units of the data: one line for each feature of one row. Columns
 * called `name=category`, those of a `OneHotEncoder`, are one feature, whose contributions are
 * added.
 */
export function featureReport(
  attribution: Attribution,
  { names, inputs, row = 0, standardized = {}, target }: FeatureReportOptions,
): FeatureReport {
  const { shape } = attribution.attributions;
  if (shape.length !== 2 || shape[1] !== names.length) {
    throw new ShapeError("featureReport", `${names.length} names for ${showShape(shape)}`, {
      shapes: [shape],
      axis: 1,
      fix: "give the name of each column of the inputs [rows, columns]",
    });
  }
  const rows = shape[0]!;
  if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
    throw new IndexError("featureReport", `row ${row} of ${rows}`, {
      shapes: [shape],
      axis: 0,
      fix: `use a row from 0 to ${rows - 1}`,
    });
  }
  const stranger = Object.keys(standardized).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new ValueError("featureReport", `standardized has "${stranger}", which is no column`, {
      fix: `use some of: ${names.join(", ")}`,
    });
  }
  const scale = target?.scales[0] ?? 1;
  const inUnit = (output: number) => output * scale + (target?.means[0] ?? 0);
  const shares = attribution.attributions.toTypedArray();
  const values = inputs.toTypedArray();
  const features = new Map<string, FeatureContribution>();
  for (const [column, name] of names.entries()) {
    const at = row * names.length + column;
    const [feature, category] = partsOf(name);
    const before = features.get(feature);
    const contribution = (before?.contribution ?? 0) + shares[at]! * scale;
    const own = category === null ? original(values[at]!, standardized[name]) : "none";
    const value = category !== null && values[at] === 1 ? category : (before?.value ?? own);
    features.set(feature, { feature, value, contribution });
  }
  const list = [...features.values()].sort(
    (a, b) => Math.abs(b.contribution) - Math.abs(a.contribution),
  );
  const report = {
    features: list,
    baseline: inUnit(attribution.baselines[row]!),
    prediction: inUnit(attribution.outputs[row]!),
    completenessError: attribution.completenessErrors[row]! * scale,
  };
  return { ...report, toString: () => show(report) };
}

/** `zip=z95838` as the feature `zip` in the category `z95838`. */
function partsOf(name: string): [feature: string, category: string | null] {
  const at = name.indexOf("=");
  return at < 0 ? [name, null] : [name.slice(0, at), name.slice(at + 1)];
}

const original = (value: number, by: Standardizer | undefined): number =>
  by ? value * by.scales[0]! + by.means[0]! : value;

function show({ features, baseline, prediction, completenessError }: FeatureReport): string {
  const rows = features.map(({ feature, value, contribution }) => [
    feature,
    typeof value === "number" ? showNumber(value) : value,
    contribution,
  ]);
  return table([
    ["feature", "value", "contribution"],
    ["baseline", "", baseline],
    ...rows,
    ["not explained", "", -completenessError],
    ["prediction", "", prediction],
  ]);
}
