import { type Key, noGrad, permutation } from "@neurite/autograd";
import { DataError } from "./data-error.js";

/** Which rows to learn from and which to judge by; together all of them, none twice. */
export interface Split {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

export interface HoldOutOptions {
  /** The part that validation gets, between 0 and 1; a fifth by default. */
  readonly fraction?: number;
  /** The same key makes the same split. */
  readonly key: Key;
  /**
   * One value a row: rows of equal value go to the same side, as with `rowContents(table)` for
   * repeated rows or `table.columns.zip` to judge by places never seen.
   */
  readonly keepTogether?: ArrayLike<string | number>;
}

/** Puts a random part of the rows aside for validation; both sides come shuffled. */
export function holdOut(
  rows: number,
  { fraction = 0.2, key, keepTogether }: HoldOutOptions,
): Split {
  const wanted = validationCount("holdOut", rows, fraction);
  const groups = groupsOf(rows, keepTogether);
  const order = noGrad(() => permutation(key, groups.length).toTypedArray());
  const [train, validation]: [number[], number[]] = [[], []];
  for (const at of order) {
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
  const all = Int32Array.from({ length: rows }, (_, row) => row);
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

/** The rows of each value, in the order in which the values turn up; without values, row by row. */
function groupsOf(rows: number, values: ArrayLike<string | number> | undefined): number[][] {
  if (!values) return Array.from({ length: rows }, (_, row) => [row]);
  if (values.length !== rows) {
    throw new DataError("holdOut", `keepTogether has ${values.length} values for ${rows} rows`, {
      fix: "give one value a row",
    });
  }
  const groups = new Map<string | number, number[]>();
  for (let row = 0; row < rows; row++) {
    const group = groups.get(values[row]!);
    if (group) group.push(row);
    else groups.set(values[row]!, [row]);
  }
  return [...groups.values()];
}
