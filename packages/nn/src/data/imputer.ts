import { ValueError } from "@neurite/autograd";
import { DataError } from "./data-error.js";
import { nearest } from "./nearest.js";
import type { ColumnKinds, Table } from "./table.js";

/** What fills the gaps of a column: a number of its other rows, their commonest value, or this. */
export type FillStrategy =
  | "mean"
  | "median"
  | "mostFrequent"
  | { readonly constant: number | string };

/** Which columns to fill, and with what. */
export type FillStrategies = Readonly<Record<string, FillStrategy>>;

/**
 * Fills the gaps of tables: NaN in columns of numbers, empty texts in columns of text. Fit it on
 * the training rows only, then fill the others with the same values.
 */
export class Imputer {
  private constructor(
    /** What the gaps of each column are filled with. */
    readonly fills: Readonly<Record<string, number | string>>,
  ) {}

  /** Finds what to fill in; columns that are not named stay as they are. */
  static fit(table: Table, strategies: FillStrategies): Imputer {
    const fills = Object.entries(strategies).map(([name, strategy]) => [
      name,
      fillOf(name, columnOf("Imputer.fit", table, name), strategy),
    ]);
    return new Imputer(Object.fromEntries(fills));
  }

  /** The table with its gaps filled. */
  transform<C extends ColumnKinds>(table: Table<C>): Table<C> {
    const filled = Object.entries(this.fills).map(([name, fill]) => {
      const column = columnOf("Imputer.transform", table, name);
      checkKind("Imputer.transform", name, column, fill);
      if (column instanceof Float64Array) {
        return [name, column.map((value) => (Number.isNaN(value) ? (fill as number) : value))];
      }
      return [name, column.map((text) => (isGap(text) ? fill : text))];
    });
    const columns = { ...table.columns, ...Object.fromEntries(filled) };
    return { rows: table.rows, columns };
  }

  /** How many gaps each of the columns has in a table. */
  gaps(table: Table): Readonly<Record<string, number>> {
    const counts = Object.keys(this.fills).map((name) => {
      const column = columnOf("Imputer.gaps", table, name);
      return [name, Array.from<number | string>(column).filter(isGap).length];
    });
    return Object.fromEntries(counts);
  }
}

type Column = Float64Array | readonly string[];

const isGap = (value: number | string): boolean =>
  typeof value === "string" ? value.trim() === "" : Number.isNaN(value);

function columnOf(op: string, { columns }: Table, name: string): Column {
  if (Object.hasOwn(columns, name)) return columns[name]!;
  const names = Object.keys(columns);
  const close = nearest(name, names);
  const list = `its columns are ${names.join(", ")}`;
  throw new DataError(op, `the table has no column ${JSON.stringify(name)}: ${list}`, {
    column: name,
    fix: `name a column of it${close ? `: did you mean ${JSON.stringify(close)}?` : ""}`,
  });
}

function fillOf(name: string, column: Column, strategy: FillStrategy): number | string {
  if (typeof strategy === "object") {
    checkKind("Imputer.fit", name, column, strategy.constant);
    return strategy.constant;
  }
  const known = Array.from<number | string>(column).filter((value) => !isGap(value));
  if (known.length === 0) {
    const problem = `column ${JSON.stringify(name)} has no value in any of ${column.length} rows`;
    throw new DataError("Imputer.fit", problem, {
      column: name,
      fix: "leave the column out, or fill it: { constant: … }",
    });
  }
  if (strategy === "mostFrequent") return mostFrequent(known);
  const numbers = { mean, median }[strategy];
  if (!numbers) {
    throw new ValueError("Imputer.fit", `${JSON.stringify(strategy)} is no way to fill a gap`, {
      fix: 'use "mean", "median", "mostFrequent" or { constant: … }',
    });
  }
  if (column instanceof Float64Array) return numbers(known as number[]);
  throw new DataError(
    "Imputer.fit",
    `column ${JSON.stringify(name)} is text: it has no ${strategy}`,
    {
      column: name,
      value: known[0]!,
      fix: 'use "mostFrequent" or { constant: "…" }, or read the column as "optional number"',
    },
  );
}

/** Refuses to fill numbers with text, and text with numbers. */
function checkKind(op: string, name: string, column: Column, fill: number | string): void {
  const kind = column instanceof Float64Array ? "number" : "string";
  if (typeof fill === kind && !Number.isNaN(fill)) return;
  const holds = kind === "number" ? "numbers" : "text";
  const problem = `column ${JSON.stringify(name)} holds ${holds}, not ${JSON.stringify(fill)}`;
  throw new DataError(op, problem, { column: name, value: fill, fix: `fill it with ${holds}` });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

/** Of those that are equally frequent the first in order. */
function mostFrequent<T extends number | string>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => {
    const isBetter = next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]);
    return isBetter ? next : best;
  })[0];
}
