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
export type Tensors = Readonly<Record<string, Tensor>>;

/** Rows that are read when they are asked for: from a file, a database, a formula. */
export interface RowSource<T extends Tensors> {
  readonly rows: number;
  /** The given rows in the given order: in every tensor one for each of them. */
  read(rows: Int32Array): T;
}

/**
 * Hands out tensors of equal row counts batch by batch: rows that belong together stay so. They lie
 * in memory, or come from a source that reads each batch when its turn is, so that only a batch and
 * the order of the rows (4 bytes a row) have to be held. For what has no row numbers, see
 * `StreamLoader`.
 */
export class DataLoader<T extends Tensors> {
  readonly rows: number;
  readonly batchSize: number;
  /** How many batches an epoch has. */
  readonly batches: number;
  readonly #source: RowSource<T>;
  readonly #key: Key | undefined;

  constructor(
    data: T | RowSource<T>,
    { batchSize = 32, key, dropLast = false }: LoaderOptions = {},
  ) {
    checkBatchSize("DataLoader", batchSize);
    this.#source = isSource(data) ? data : inMemory(data);
    this.#key = key;
    this.rows = this.#source.rows;
    this.batchSize = batchSize;
    checkRowNumbers(this.rows);
    this.batches = (dropLast ? Math.floor : Math.ceil)(this.rows / batchSize);
    if (this.batches === 0) {
      throw new DataError("DataLoader", `${this.rows} rows make no batch of ${batchSize}`, {
        fix: "choose a smaller batchSize, or keep the last batch",
      });
    }
  }

  /** The batches of an epoch; its number and the key decide the order. */
  *epoch(epoch = 0): Generator<T> {
    const order = this.#order(epoch);
    for (let batch = 0; batch < this.batches; batch++) {
      const rows = order.subarray(batch * this.batchSize, (batch + 1) * this.batchSize);
      const read = this.#source.read(rows);
      checkRead(read, rows.length, batch);
      yield read;
    }
  }

  #order(epoch: number): Int32Array {
    const key = this.#key;
    return key ? shuffledRows(foldIn(key, epoch), this.rows) : rowRange(0, this.rows);
  }
}

/** The numbers of the rows from one on, up to but without another. */
export const rowRange = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);

/** The numbers of all rows in an order that the key decides. */
export const shuffledRows = (key: Key, rows: number): Int32Array =>
  noGrad(() => permutation(key, rows).toTypedArray() as Int32Array);

const isSource = <T extends Tensors>(data: T | RowSource<T>): data is RowSource<T> =>
  typeof data.read === "function";

const inMemory = <T extends Tensors>(tensors: T): RowSource<T> => ({
  rows: equalRows("DataLoader", tensors),
  read: (rows) => takeFromEach(tensors, rows),
});

/** The given rows of every tensor. */
export function takeFromEach<T extends Tensors>(tensors: T, rows: RowNumbers): T {
  const taken = Object.entries(tensors).map(([name, x]) => [name, take(x, rows)]);
  return Object.fromEntries(taken) as T;
}

function checkRowNumbers(rows: number): void {
  if (Number.isInteger(rows) && rows > 0 && rows < 2 ** 31) return;
  throw new DataError("DataLoader", `the source says that it has ${rows} rows`, {
    value: rows,
    fix: "give it a positive count of rows, below 2^31",
  });
}

/** A source may answer with anything: every tensor has to have the rows that were asked for. */
function checkRead(read: Tensors, wanted: number, batch: number): void {
  const found = equalRows("DataLoader", read);
  if (found === wanted) return;
  throw new ShapeError("DataLoader", `batch ${batch}: asked for ${wanted} rows, read ${found}`, {
    shapes: Object.values(read).map(({ shape }) => shape),
    axis: 0,
    fix: "let read(rows) return one row for each of the numbers",
  });
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
