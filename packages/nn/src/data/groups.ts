import { DataError } from "./data-error.js";

/** One value a row. */
export type RowValues = ArrayLike<string | number>;

export interface GroupingOptions {
  /**
   * One value a row: rows of equal value go to the same side, as with `rowContents(table)` for
   * repeated rows or `table.columns.zip` to judge by places never seen.
   */
  readonly keepTogether?: RowValues | undefined;
  /** One value a row, such as its class: every value has the same share of each side. */
  readonly stratify?: RowValues | undefined;
}

/** Rows by value, in the order in which the rows are given and the values turn up. */
export type Groups = ReadonlyMap<string | number, readonly number[]>;

/** The given rows by the values that an option gives to all `rows`. */
export function groupRows(
  op: string,
  option: keyof GroupingOptions,
  values: RowValues,
  order: Int32Array,
): Groups {
  if (values.length !== order.length) {
    const problem = `${option} has ${values.length} values for ${order.length} rows`;
    throw new DataError(op, problem, { fix: "give one value a row" });
  }
  const groups = new Map<string | number, number[]>();
  for (const row of order) {
    const group = groups.get(values[row]!);
    if (group) group.push(row);
    else groups.set(values[row]!, [row]);
  }
  return groups;
}

/** Refuses strata of which no row would be left for one of the sides. */
export function checkStrata(op: string, strata: Groups, sides: number): void {
  for (const [value, { length }] of strata) {
    if (length >= sides) continue;
    const rows = length === 1 ? "1 row" : `${length} rows`;
    const problem = `stratify has ${JSON.stringify(value)} in ${rows}, too few for ${sides} sides`;
    throw new DataError(op, problem, {
      value,
      fix: "leave such rows out, join them to another value, or do not stratify",
    });
  }
}

/** Refuses both at once: what is kept together cannot be shared out. */
export function checkGrouping(op: string, { keepTogether, stratify }: GroupingOptions): void {
  if (!keepTogether || !stratify) return;
  throw new DataError(op, "both keepTogether and stratify are given", {
    fix: "choose one of them",
  });
}
