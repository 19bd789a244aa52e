import type { Key } from "@neurite/autograd";
import { DataError } from "./data-error.js";
import {
  checkGrouping,
  checkStrata,
  type GroupingOptions,
  groupRows,
  type RowValues,
} from "./groups.js";
import { rowRange, shuffledRows } from "./loader.js";

/** Which rows to learn from and which to judge by; together all of them, none twice. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

export interface HoldOutOptions extends GroupingOptions {
  /** The part that validation gets, between 0 and 1; a fifth by default. */
  readonly fraction?: number;
  /** The same key makes the same split. */
  readonly key: Key;
}

/** Puts a random part of the rows aside for validation; both sides come shuffled. */
export function holdOut(rows: number, options: HoldOutOptions): Split {
  const { fraction = 0.2, key } = options;
  const wanted = validationCount("holdOut", rows, fraction);
  checkGrouping("holdOut", options);
  const order = shuffledRows(key, rows);
  if (options.stratify) return stratified(order, options.stratify, wanted);
  if (options.keepTogether) return together(key, rows, options.keepTogether, wanted);
  return { train: order.slice(wanted), validation: order.slice(0, wanted) };
}

/** A share of each value for validation, rounded so that there are as many rows as wanted. */
function stratified(order: Int32Array, values: RowValues, wanted: number): Split {
  const strata = groupRows("holdOut", "stratify", values, order);
  checkStrata("holdOut", strata, 2);
  const shares = [...strata].map(([value, { length }]) => {
    const share = (length * wanted) / order.length;
    return { value, count: Math.floor(share), rest: share % 1 };
  });
  // What rounding down left over goes to the largest fractions: Hare and Niemeyer's method.
  const left = wanted - shares.reduce((sum, { count }) => sum + count, 0);
  const byRest = [...shares].sort((a, b) => b.rest - a.rest);
  const due = new Map(byRest.map(({ value, count }, i) => [value, count + (i < left ? 1 : 0)]));
  const isDue = (row: number) => {
    const rest = due.get(values[row]!)!;
    due.set(values[row]!, rest - 1);
    return rest > 0;
  };
  const validation = order.filter(isDue);
  const chosen = new Set(validation);
  return { train: order.filter((row) => !chosen.has(row)), validation };
}

/** Whole groups for validation, so many that the count of rows comes near the one wanted. */
function together(key: Key, rows: number, values: RowValues, wanted: number): Split {
  const groups = [...groupRows("holdOut", "keepTogether", values, rowRange(0, rows)).values()];
  const [train, validation]: [number[], number[]] = [[], []];
  for (const at of shuffledRows(key, groups.length)) {
    const group = groups[at]!;
    // A group goes where it brings the count nearer to the one wanted.
    const side = validation.length + group.length / 2 <= wanted ? validation : train;
    side.push(...group);
  }
  if (train.length === 0 || validation.length === 0) {
    const largest = groups.reduce((most, { length }) => Math.max(most, length), 0);
    const problem = `${groups.length} groups, the largest of ${largest} rows`;
    throw new DataError("holdOut", `${problem}, do not split at ${wanted} of ${rows} rows`, {
      fix: "choose another fraction, or a column with more values for keepTogether",
    });
  }
  return { train: Int32Array.from(train), validation: Int32Array.from(validation) };
}

/** The first rows for training, the last for validation: for series, where time must not leak. */
export function chronological(
  rows: number,
  { fraction = 0.2 }: { readonly fraction?: number } = {},
): Split {
  const first = rows - validationCount("chronological", rows, fraction);
  const all = rowRange(0, rows);
  return { train: all.slice(0, first), validation: all.slice(first) };
}

function validationCount(op: string, rows: number, fraction: number): number {
  if (!(fraction > 0 && fraction < 1)) {
    throw new DataError(op, `fraction is ${fraction}`, {
      value: fraction,
      fix: "use a number between 0 and 1, such as 0.2",
    });
  }
  if (!Number.isInteger(rows) || rows < 2) {
    throw new DataError(op, `${rows} rows do not split in two`, {
      value: rows,
      fix: "give at least 2 rows",
    });
  }
  return Math.min(Math.max(Math.round(rows * fraction), 1), rows - 1);
}
