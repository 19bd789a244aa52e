import { type Tensor, tensor } from "@neurite/autograd";
import { Categories, type Category, type Unseen } from "./categories.js";
import { DataError } from "./data-error.js";
import { elementsOf } from "./take.js";

export interface OrdinalOptions<T extends Category> {
  /** The categories from the least to the greatest; by default those of the data, sorted. */
  readonly order?: readonly T[];
  /** What a category that `fit` never saw becomes: a number, or (by default) an error. */
  readonly unknown?: number | "error";
}

/** Categories that have an order as numbers 0, 1, 2, …, float32. */
export class OrdinalEncoder<T extends Category> {
  readonly #known: Categories<T>;

  private constructor(
    known: Categories<T>,
    readonly unknown: number | "error",
  ) {
    this.#known = known;
  }

  /** Learns the categories, from the training rows. */
  static fit<T extends Category>(
    values: ArrayLike<T>,
    { order, unknown = "error" }: OrdinalOptions<T> = {},
  ): OrdinalEncoder<T> {
    const found = Categories.of("OrdinalEncoder.fit", values);
    if (!order) return new OrdinalEncoder(found, unknown);
    const twice = order.find((category, i) => order.indexOf(category) !== i);
    if (twice !== undefined) {
      throw new DataError("OrdinalEncoder.fit", `order has ${JSON.stringify(twice)} twice`, {
        value: twice,
        fix: "name each category once",
      });
    }
    const known = new Categories(order);
    if (unknown === "error") {
      known.refuseUnseen("OrdinalEncoder.fit", values, "name every category in order");
    }
    return new OrdinalEncoder(known, unknown);
  }

  /** From the least to the greatest. */
  get categories(): readonly T[] {
    return this.#known.all;
  }

  /** The place of each row's category, as float32 `[rows]`. */
  transform(values: ArrayLike<T>): Tensor {
    const { unknown } = this;
    if (unknown === "error") {
      const fix = "fit with { unknown: -1 } to give such rows that number";
      this.#known.refuseUnseen("OrdinalEncoder.transform", values, fix);
    }
    return tensor(
      Float32Array.from(
        { length: values.length },
        (_, row) => this.#known.place(values[row]!) ?? (unknown as number),
      ),
    );
  }

  /** The categories nearest to numbers `[rows]`, which may be predictions. */
  inverse(encoded: Tensor): T[] {
    const last = this.categories.length - 1;
    return Array.from(elementsOf(encoded), (value, row) => {
      if (!Number.isNaN(value))
        return this.categories[Math.min(last, Math.max(0, Math.round(value)))]!;
      throw new DataError("OrdinalEncoder.inverse", `row ${row} (counted from 0) has NaN`, {
        row,
        value,
        fix: "look for the prediction that is not a number",
      });
    });
  }

  /** How many rows have a category that `fit` never saw, and which ones they are. */
  unseen(values: ArrayLike<T>): Unseen<T> {
    return this.#known.unseen(values);
  }
}
