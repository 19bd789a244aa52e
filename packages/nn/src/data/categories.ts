import { DataError } from "./data-error.js";

export type Category = string | number;

/** Rows with a category that `fit` never saw. */
export interface Unseen<T extends Category> {
  /** How many rows. */
  readonly rows: number;
  /** Which categories. */
  readonly categories: readonly T[];
}

/** Categories and their places in an order. */
export class Categories<T extends Category> {
  readonly #places: ReadonlyMap<T, number>;

  constructor(readonly all: readonly T[]) {
    this.#places = new Map(all.map((category, place) => [category, place]));
  }

  /** Those of a column, sorted: texts by their characters, numbers by size. */
  static of<T extends Category>(op: string, values: ArrayLike<T>): Categories<T> {
    checkCategories(op, values);
    const found = [...new Set(Array.from(values))];
    if (found.length > 0) {
      return new Categories(found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    }
    throw new DataError(op, "there are no values", { fix: "give at least one row" });
  }

  place(value: T): number | undefined {
    return this.#places.get(value);
  }

  unseen(values: ArrayLike<T>): Unseen<T> {
    const strangers = Array.from(values).filter((value) => !this.#places.has(value));
    return { rows: strangers.length, categories: [...new Set(strangers)] };
  }

  /** An error that counts the rows with unseen categories, if there are any. */
  refuseUnseen(op: string, values: ArrayLike<T>, fix: string): void {
    const { rows, categories } = this.unseen(values);
    if (rows === 0) return;
    const row = Array.from(values).findIndex((value) => !this.#places.has(value));
    const list = categories.slice(0, 5).map((category) => JSON.stringify(category));
    const names = `${list.join(", ")}${categories.length > 5 ? ", …" : ""}`;
    const counts = `${rows} of ${values.length} rows have a category that fit never saw`;
    throw new DataError(op, `${counts}: ${names}, first in row ${row} (counted from 0)`, {
      row,
      value: values[row]!,
      fix: `${fix}, or fit on all categories`,
    });
  }
}

/** Refuses what is neither a text nor a number, such as null or NaN. */
function checkCategories(op: string, values: ArrayLike<Category>): void {
  for (let row = 0; row < values.length; row++) {
    const value: unknown = values[row];
    if (typeof value === "string" || (typeof value === "number" && !Number.isNaN(value))) continue;
    throw new DataError(op, `row ${row} (counted from 0) has ${value}, which is no category`, {
      row,
      value: String(value),
      fix: "fill the gap, as Imputer does, or leave the row out",
    });
  }
}
