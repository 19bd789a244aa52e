import { ShapeError, showShape, type Tensor, tensor } from "@neurite/autograd";
import { DataError } from "./data-error.js";
import { elementsOf } from "./take.js";

interface OneHotOptions {
  /** What a category that `fit` never saw becomes: a row of zeros, or (by default) an error. */
  readonly unknown?: "zero" | "error";
}

/** Categories as columns of 0 and 1, one column a category, in sorted order. */
export class OneHotEncoder<T extends string | number> {
  readonly #places: ReadonlyMap<T, number>;

  private constructor(
    /** Sorted: texts by their characters, numbers by size. */
    readonly categories: readonly T[],
    readonly unknown: "zero" | "error",
  ) {
    this.#places = new Map(categories.map((category, place) => [category, place]));
  }

  /** Learns the categories, from the training rows. */
  static fit<T extends string | number>(
    values: ArrayLike<T>,
    { unknown = "error" }: OneHotOptions = {},
  ): OneHotEncoder<T> {
    const categories = [...new Set(Array.from(values))].sort((a, b) =>
      a < b ? -1 : a > b ? 1 : 0,
    );
    if (categories.length > 0) return new OneHotEncoder(categories, unknown);
    throw new DataError("OneHotEncoder.fit", "there are no values", {
      fix: "give at least one row",
    });
  }

  /** 1 where the row has the category, as float32 `[rows, categories]`. */
  transform(values: ArrayLike<T>): Tensor {
    if (this.unknown === "error") this.#refuseUnseen("OneHotEncoder.transform", values);
    const width = this.categories.length;
    const out = new Float32Array(values.length * width);
    for (let row = 0; row < values.length; row++) {
      const place = this.#places.get(values[row]!);
      if (place !== undefined) out[row * width + place] = 1;
    }
    return tensor(out, { shape: [values.length, width] });
  }

  /** The same as one column a category, named `name=category`, for `stackColumns`. */
  columns(name: string, values: ArrayLike<T>): Record<string, Float64Array> {
    if (this.unknown === "error") this.#refuseUnseen("OneHotEncoder.columns", values);
    const column = (category: T) =>
      Float64Array.from({ length: values.length }, (_, row) => (values[row] === category ? 1 : 0));
    return Object.fromEntries(
      this.categories.map((category) => [`${name}=${category}`, column(category)]),
    );
  }

  /** The place of each row's category as int32 `[rows]`: targets of a classifier. */
  indices(values: ArrayLike<T>): Tensor {
    this.#refuseUnseen("OneHotEncoder.indices", values);
    return tensor(
      Int32Array.from({ length: values.length }, (_, row) => this.#places.get(values[row]!)!),
    );
  }

  /**
   * The categories of places `[rows]` or of the largest entries of `[rows, categories]`, which may
   * be probabilities; undefined where a row is all zeros.
   */
  inverse(encoded: Tensor): (T | undefined)[] {
    const elements = elementsOf(encoded);
    const width = this.categories.length;
    if (encoded.rank === 1) return Array.from(elements, (place) => this.categories[place]);
    if (encoded.rank !== 2 || encoded.shape[1] !== width) {
      const problem = `expected ${width} columns, got shape ${showShape(encoded.shape)}`;
      throw new ShapeError("OneHotEncoder.inverse", problem, {
        shapes: [encoded.shape],
        fix: `give [rows] or [rows, ${width}]`,
      });
    }
    return Array.from({ length: encoded.shape[0]! }, (_, row) => {
      const entries = [...elements.subarray(row * width, (row + 1) * width)];
      const isNone = entries.every((entry) => entry === 0);
      return isNone ? undefined : this.categories[entries.indexOf(Math.max(...entries))];
    });
  }

  /** How many rows have a category that `fit` never saw, and which ones they are. */
  unseen(values: ArrayLike<T>): { readonly rows: number; readonly categories: readonly T[] } {
    const strangers = Array.from(values).filter((value) => !this.#places.has(value));
    return { rows: strangers.length, categories: [...new Set(strangers)] };
  }

  #refuseUnseen(op: string, values: ArrayLike<T>): void {
    const { rows, categories } = this.unseen(values);
    if (rows === 0) return;
    const row = Array.from(values).findIndex((value) => !this.#places.has(value));
    const list = categories.slice(0, 5).map((category) => JSON.stringify(category));
    const names = `${list.join(", ")}${categories.length > 5 ? ", …" : ""}`;
    const counts = `${rows} of ${values.length} rows have a category that fit never saw`;
    throw new DataError(op, `${counts}: ${names}, first in row ${row} (counted from 0)`, {
      row,
      value: values[row]!,
      fix: 'fit with { unknown: "zero" } to make such rows zeros, or fit on all categories',
    });
  }
}
