import {
  foldIn,
  type Key,
  noGrad,
  permutation,
  ShapeError,
  type Tensor,
  ValueError,
} from "@neurite/autograd";
import { DataError } from "./data-error.js";
import { type RowNumbers, rowCount, take } from "./take.js";

export interface LoaderOptions {
  /** How many rows a batch has; 32 by default. */
  readonly batchSize?: number | undefined;
  /** Shuffles the rows anew for each epoch; without a key they keep their order. */
  readonly key?: Key | undefined;
  /** Leaves out the last batch if it is smaller than the others. */
  readonly dropLast?: boolean | undefined;
}

/** Tensors by name, such as `{ inputs, targets }`. */
type Tensors = Readonly<Record<string, Tensor>>;

/** Hands out tensors of equal row counts batch by batch: rows that belong together stay so. */
export class Loader<T extends Tensors> {
  readonly rows: number;
  readonly batchSize: number;
  /** How many batches an epoch has. */
  readonly batches: number;
  readonly #tensors: T;
  readonly #key: Key | undefined;

  constructor(tensors: T, { batchSize = 32, key, dropLast = false }: LoaderOptions = {}) {
    checkBatchSize("Loader", batchSize);
    this.#tensors = tensors;
    this.#key = key;
    this.rows = equalRows("Loader", tensors);
    this.batchSize = batchSize;
    this.batches = (dropLast ? Math.floor : Math.ceil)(this.rows / batchSize);
    if (this.batches === 0) {
      throw new DataError("Loader", `${this.rows} rows make no batch of ${batchSize}`, {
        fix: "choose a smaller batchSize, or keep the last batch",
      });
    }
  }

  /** The batches of an epoch; its number and the key decide the order. */
  *epoch(epoch = 0): Generator<{ readonly [Name in keyof T]: Tensor }> {
    const order = this.#order(epoch);
    for (let batch = 0; batch < this.batches; batch++) {
      const rows = order.subarray(batch * this.batchSize, (batch + 1) * this.batchSize);
      yield takeFromEach(this.#tensors, rows);
    }
  }

  #order(epoch: number) {
    const key = this.#key;
    if (!key) return Int32Array.from({ length: this.rows }, (_, row) => row);
    return noGrad(() => permutation(foldIn(key, epoch), this.rows).toTypedArray());
  }
}

function takeFromEach<T extends Tensors>(tensors: T, rows: RowNumbers) {
  const taken = Object.entries(tensors).map(([name, x]) => [name, take(x, rows)]);
  return Object.fromEntries(taken) as { readonly [Name in keyof T]: Tensor };
}

/** The number of rows that all of the tensors have; at least one. */
export function equalRows(op: string, tensors: Tensors): number {
  const [first, ...others] = Object.entries(tensors).map(([name, x]) => ({
    name,
    shape: x.shape,
    rows: rowCount(op, x),
  }));
  if (!first) throw new DataError(op, "there are no tensors", { fix: "give at least one" });
  const other = others.find(({ rows }) => rows !== first.rows);
  if (other) {
    const counts = `${first.name} has ${first.rows} rows, ${other.name} has ${other.rows}`;
    throw new ShapeError(op, counts, {
      shapes: [first.shape, other.shape],
      axis: 0,
      fix: "give both one row for each example",
    });
  }
  if (first.rows > 0) return first.rows;
  throw new DataError(op, `the data is empty: ${first.name} has 0 rows`, {
    fix: "give at least one row",
  });
}

export function checkBatchSize(op: string, batchSize: number): void {
  if (Number.isInteger(batchSize) && batchSize > 0) return;
  throw new ValueError(op, `batchSize is ${batchSize}`, {
    fix: "use a positive integer, such as 32",
  });
}
