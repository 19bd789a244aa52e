import type { Key } from "@neurite/autograd";
import { DataError } from "./data-error.js";
import {
  checkGrouping,
  checkStrata,
  type GroupingOptions,
  groupRows,
  type RowValues,
} from "./groups.js";
import { shuffledRows } from "./loader.js";
import type { Split } from "./split.js";

export interface KFoldOptions extends GroupingOptions {
  /** How many parts the rows are divided into; 5 by default. */
  readonly folds?: number;
  /** The same key makes the same folds. */
  readonly key: Key;
}

/**
 * Divides the rows into parts of nearly equal size, and gives one split for each: that part to
 * judge by, the others to learn from. Every row is judged by once; all sides come shuffled.
 */
export function kFold(rows: number, options: KFoldOptions): Split[] {
  const { folds = 5, key, stratify, keepTogether } = options;
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= rows)) {
    throw new DataError("kFold", `${rows} rows do not make ${folds} folds`, {
      value: folds,
      fix: "use an integer from 2 to the number of rows, such as 5",
    });
  }
  checkGrouping("kFold", options);
  const order = shuffledRows(key, rows);
  const foldOf = keepTogether
    ? byGroups(order, keepTogether, folds)
    : dealt(stratify ? byStrata(order, stratify, folds) : order, folds);
  return Array.from({ length: folds }, (_, fold) => ({
    train: order.filter((row) => foldOf[row] !== fold),
    validation: order.filter((row) => foldOf[row] === fold),
  }));
}

/** The fold of each row, if the rows are dealt like cards: no two counts differ by more than 1. */
function dealt(order: ArrayLike<number>, folds: number): Int32Array {
  const foldOf = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) foldOf[order[i]!] = i % folds;
  return foldOf;
}

/** The rows value by value: dealt so, each value is shared out as evenly as the whole. */
function byStrata(order: Int32Array, values: RowValues, folds: number): number[] {
  const strata = groupRows("kFold", "stratify", values, order);
  checkStrata("kFold", strata, folds);
  return [...strata.values()].flat();
}

/** The fold of each row, if whole groups go, the largest first, to the smallest fold. */
function byGroups(order: Int32Array, values: RowValues, folds: number): Int32Array {
  const groups = [...groupRows("kFold", "keepTogether", values, order).values()];
  if (groups.length < folds) {
    const problem = `keepTogether makes ${groups.length} groups, too few for ${folds} folds`;
    throw new DataError("kFold", problem, { fix: "use fewer folds, or a column with more values" });
  }
  const sizes = Array.from({ length: folds }, () => 0);
  const foldOf = new Int32Array(order.length);
  for (const group of groups.sort((a, b) => b.length - a.length)) {
    const fold = sizes.indexOf(Math.min(...sizes));
    sizes[fold]! += group.length;
    for (const row of group) foldOf[row] = fold;
  }
  return foldOf;
}
