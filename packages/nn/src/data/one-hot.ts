import { ShapeError, showShape, type Tensor, tensor } from "@neurite/autograd";
import { Categories, type Category, type Unseen } from "./categories.js";
import { elementsOf } from "./take.js";

interface OneHotOptions {
  /** What a category that `fit` never saw becomes: a row of zeros, or (by default) an error. */
  readonly unknown?: "zero" | "error";
}

/** Categories as columns of 0 and 1, one column a category, in sorted order. */
export class OneHotEncoder<T extends Category> {
  readonly #known: Categories<T>;

  private constructor(
    known: Categories<T>,
    readonly unknown: "zero" | "error",
  ) {
    this.#known = known;
  }

  /** Learns the categories, from the training rows. */
  static fit<T extends Category>(
    values: ArrayLike<T>,
    { unknown = "error" }: OneHotOptions = {},
  ): OneHotEncoder<T> {
    return new OneHotEncoder(Categories.of("OneHotEncoder.fit", values), unknown);
  }

  /** Sorted: texts by their characters, numbers by size. */
  get categories(): readonly T[] {
    return this.#known.all;
  }

  /** 1 where the row has the category, as float32 `[rows, categories]`. */
  transform(values: ArrayLike<T>): Tensor {
    this.#check("OneHotEncoder.transform", values);
    const width = this.categories.length;
    const out = new Float32Array(values.length * width);
    for (let row = 0; row < values.length; row++) {
      const place = this.#known.place(values[row]!);
      if (place !== undefined) out[row * width + place] = 1;
    }
    return tensor(out, { shape: [values.length, width] });
  }

  /** The same as one column a category, named `name=category`, for `stackColumns`. */
  columns(name: string, values: ArrayLike<T>): Record<string, Float64Array> {
    this.#check("OneHotEncoder.columns", values);
    const column = (category: T) =>
      Float64Array.from({ length: values.length }, (_, row) => (values[row] === category ? 1 : 0));
    return Object.fromEntries(
      this.categories.map((category) => [`${name}=${category}`, column(category)]),
    );
  }

  /** The place of each row's category as int32 `[rows]`: targets of a classifier. */
  indices(values: ArrayLike<T>): Tensor {
    this.#known.refuseUnseen("OneHotEncoder.indices", values, ZEROS);
    return tensor(
      Int32Array.from({ length: values.length }, (_, row) => this.#known.place(values[row]!)!),
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
  unseen(values: ArrayLike<T>): Unseen<T> {
    return this.#known.unseen(values);
  }

  #check(op: string, values: ArrayLike<T>): void {
    if (this.unknown === "error") this.#known.refuseUnseen(op, values, ZEROS);
  }
}

const ZEROS = 'fit with { unknown: "zero" } to make such rows zeros';
