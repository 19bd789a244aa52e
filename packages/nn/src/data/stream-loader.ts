import { foldIn, type Key } from "@neurite/autograd";
import { DataError } from "./data-error.js";
import {
  checkBatchSize,
  equalRows,
  type LoaderOptions,
  rowRange,
  shuffledRows,
  type Tensors,
  takeFromEach,
} from "./loader.js";
import { bytesPerElement, checkBytes, DEFAULT_LIMIT } from "./memory.js";
import { concatRows } from "./take.js";

export interface StreamOptions extends LoaderOptions {
  /**
   * How many rows are held to be shuffled among themselves, if there is a key; 4096 by default. The
   * more, the better they are mixed.
   */
  readonly buffer?: number;
}

export interface CollectOptions {
  /** The largest number of bytes to hold; 2 GiB by default. */
  readonly maxBytes?: number;
}

/**
 * Hands out batches of data that is read in order and never held as a whole. `open` begins anew at
 * each epoch and gives chunks of any row counts; what is left of a chunk begins the next batch.
 */
export class StreamLoader<T extends Tensors> {
  readonly batchSize: number;
  readonly #open: () => Iterable<T>;
  readonly #options: StreamOptions;

  constructor(open: () => Iterable<T>, options: StreamOptions = {}) {
    const { batchSize = 32, buffer = 4096 } = options;
    checkBatchSize("StreamLoader", batchSize);
    if (!(Number.isInteger(buffer) && buffer > 0)) {
      throw new DataError("StreamLoader", `buffer is ${buffer}`, {
        value: buffer,
        fix: "use a positive integer, such as 4096",
      });
    }
    this.#open = open;
    this.#options = options;
    this.batchSize = batchSize;
  }

  /** The batches of an epoch; its number and the key decide the order within each buffer. */
  *epoch(epoch = 0): Generator<T> {
    const { key, dropLast = false } = this.#options;
    const chunks = key ? this.#shuffled(foldIn(key, epoch)) : this.#chunks();
    let count = 0;
    for (const batch of blocksOf(chunks, this.batchSize)) {
      if (dropLast && rowsOf(batch) < this.batchSize) break;
      count++;
      yield batch;
    }
    if (count > 0) return;
    throw new DataError("StreamLoader", `the stream makes no batch of ${this.batchSize} rows`, {
      fix: "let open() begin anew at every call and give at least one batch of rows",
    });
  }

  /** All rows at once, if they are within the limit. */
  collect({ maxBytes = DEFAULT_LIMIT }: CollectOptions = {}): T {
    const chunks: T[] = [];
    let bytes = 0;
    for (const chunk of this.#chunks()) {
      bytes += bytesOf(chunk);
      chunks.push(chunk);
      const rows = chunks.reduce((sum, own) => sum + rowsOf(own), 0);
      checkBytes("StreamLoader.collect", `holding the first ${rows} rows`, {
        bytes,
        limit: maxBytes,
        fix: "go through the epochs instead, which hold a batch, or raise maxBytes",
      });
    }
    if (chunks.length > 0) return joined(chunks);
    throw new DataError("StreamLoader.collect", "the stream has no rows", {
      fix: "let open() begin anew at every call",
    });
  }

  /** The chunks that have rows, with the same tensors in each. */
  *#chunks(): Generator<T> {
    let names: string | undefined;
    let place = 0;
    for (const chunk of this.#open()) {
      const own = Object.keys(chunk).join(", ");
      names ??= own;
      if (own !== names) {
        throw new DataError("StreamLoader", `chunk ${place} has ${own}, those before it ${names}`, {
          fix: "give every chunk the same tensors, in the same order",
        });
      }
      place++;
      if (Object.values(chunk).some(({ shape }) => shape[0] !== 0)) {
        equalRows("StreamLoader", chunk);
        yield chunk;
      }
    }
  }

  *#shuffled(key: Key): Generator<T> {
    const { buffer = 4096 } = this.#options;
    let place = 0;
    for (const block of blocksOf(this.#chunks(), buffer)) {
      yield takeFromEach(block, shuffledRows(foldIn(key, place++), rowsOf(block)));
    }
  }
}

/** The same rows in blocks of a size; the last may be smaller. */
function* blocksOf<T extends Tensors>(chunks: Iterable<T>, size: number): Generator<T> {
  let held: T[] = [];
  let count = 0;
  for (const chunk of chunks) {
    const rows = rowsOf(chunk);
    checkBytes("StreamLoader", `holding ${size} rows`, {
      bytes: (bytesOf(chunk) / rows) * size,
      fix: "make buffer or batchSize smaller",
    });
    let from = 0;
    while (count + rows - from >= size) {
      const to = from + size - count;
      held.push(between(chunk, from, to));
      yield joined(held);
      [held, count, from] = [[], 0, to];
    }
    if (from === rows) continue;
    held.push(between(chunk, from, rows));
    count += rows - from;
  }
  if (count > 0) yield joined(held);
}

const rowsOf = (chunk: Tensors): number => Object.values(chunk)[0]!.shape[0]!;

const between = <T extends Tensors>(chunk: T, from: number, to: number): T =>
  to - from === rowsOf(chunk) ? chunk : takeFromEach(chunk, rowRange(from, to));

function joined<T extends Tensors>(chunks: readonly T[]): T {
  const [first] = chunks;
  const parts = Object.keys(first!).map((name) => [
    name,
    concatRows(chunks.map((chunk) => chunk[name]!)),
  ]);
  return Object.fromEntries(parts) as T;
}

const bytesOf = (chunk: Tensors): number =>
  Object.values(chunk).reduce((sum, { size, dtype }) => sum + size * bytesPerElement[dtype], 0);
