import { arange, key, ShapeError, type Tensor, tensor, ValueError } from "@neurite/autograd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DataError,
  DataLoader,
  type RowSource,
  StreamLoader,
  slidingWindows,
  windowSource,
} from "../../src/index.js";
import { thrown } from "../support/thrown.js";

type Batch = { readonly inputs: Tensor; readonly targets: Tensor };

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

/** Rows that exist only when they are read: the input is the number, the target its double. */
const squares = (rows: number, log: number[] = []): RowSource<Batch> => ({
  rows,
  read: (asked) => {
    log.push(asked.length);
    return { inputs: tensor(asked), targets: tensor(asked.map((row) => 2 * row)) };
  },
});

/** The same rows in chunks of the given lengths. */
const chunksOf = (lengths: readonly number[]) =>
  function* open(): Generator<Batch> {
    let from = 0;
    for (const length of lengths) {
      const inputs = tensor(Int32Array.from({ length }, (_, i) => from + i));
      yield { inputs, targets: inputs.mul(2) };
      from += length;
    }
  };

const inputsOf = (loader: { epoch(epoch?: number): Iterable<Batch> }, epoch?: number) =>
  Array.from(loader.epoch(epoch), ({ inputs, targets }) => {
    expect(inputs.mul(2).toArray()).toEqual(targets.toArray());
    return [...inputs.toTypedArray()];
  });

describe("DataLoader of a source", () => {
  it("reads a batch when its turn is, and no more", () => {
    const log: number[] = [];
    const loader = new DataLoader(squares(1e6, log), { batchSize: 100 });
    expect([loader.rows, loader.batches, log.length]).toEqual([1e6, 1e4, 0]);
    const epoch = loader.epoch();
    expect(epoch.next().value!.inputs.shape).toEqual([100]);
    epoch.next();
    expect(log).toEqual([100, 100]);
  });

  it("shuffles as it shuffles tensors", () => {
    const options = { batchSize: 3, key: key(4) };
    const inputs = arange(10);
    const held = new DataLoader({ inputs, targets: inputs.mul(2) }, options);
    expect(inputsOf(new DataLoader(squares(10), options), 2)).toEqual(inputsOf(held, 2));
  });

  it("refuses a source that reads other rows than were asked for, or has none", () => {
    const wrong = { rows: 4, read: () => ({ inputs: arange(3), targets: arange(3) }) };
    const error = thrown(ShapeError, () => [...new DataLoader(wrong, { batchSize: 4 }).epoch()]);
    expect(error.message).toContain("batch 0: asked for 4 rows, read 3");
    expect(error.shapes).toEqual([[3], [3]]);
    for (const rows of [0, -1, 1.5, Number.NaN, 2 ** 31]) {
      const none = thrown(DataError, () => new DataLoader(squares(rows)));
      expect(none.message).toContain(`the source says that it has ${rows} rows`);
    }
  });
});

describe("StreamLoader", () => {
  it("makes batches of any chunks: every row once, in order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 1 }),
        fc.integer({ min: 1, max: 8 }),
        (l, size) => {
          const rows = l.reduce((sum, length) => sum + length, 0);
          fc.pre(rows > 0);
          const batches = inputsOf(new StreamLoader(chunksOf(l), { batchSize: size }));
          expect(batches.flat()).toEqual(numbers(rows));
          expect(batches.slice(0, -1).every(({ length }) => length === size)).toBe(true);
        },
      ),
      { seed: 4, numRuns: 100 },
    );
  });

  it("shuffles within a buffer, by key and epoch", () => {
    const make = (seed: number) =>
      new StreamLoader(chunksOf([7, 7, 7]), { batchSize: 4, key: key(seed), buffer: 10 });
    const first = inputsOf(make(1), 1).flat();
    expect(sorted(first)).toEqual(numbers(21));
    expect(first).not.toEqual(numbers(21));
    expect(sorted(first.slice(0, 10))).toEqual(numbers(10));
    expect(inputsOf(make(1), 1).flat()).toEqual(first);
    expect(inputsOf(make(1), 2).flat()).not.toEqual(first);
    expect(inputsOf(make(2), 1).flat()).not.toEqual(first);
  });

  it("holds no more than a chunk and a batch", () => {
    let made = 0;
    function* open() {
      for (;;) {
        made++;
        yield { inputs: tensor([made, made]) };
      }
    }
    const epoch = new StreamLoader(open, { batchSize: 4 }).epoch();
    for (let i = 0; i < 5; i++) epoch.next();
    expect(made).toBeLessThanOrEqual(11);
  });

  it("leaves the smaller last batch out when told to", () => {
    const loader = new StreamLoader(chunksOf([5, 5]), { batchSize: 4, dropLast: true });
    expect(inputsOf(loader).map(({ length }) => length)).toEqual([4, 4]);
  });

  it("collects what fits, and says with bytes what does not", () => {
    const loader = new StreamLoader(chunksOf([3, 3]));
    expect(loader.collect().inputs.toArray()).toEqual(numbers(6));
    const error = thrown(DataError, () => loader.collect({ maxBytes: 40 }));
    expect(error.message).toContain(
      "holding the first 6 rows would take 48 bytes, and the limit is 40",
    );
    expect(error.value).toBe(48);
    const wide = () => [{ inputs: tensor(new Float64Array(1000), { shape: [1, 1000] }) }];
    const buffer = thrown(DataError, () => [
      ...new StreamLoader(wide, { key: key(1), buffer: 1e6 }).epoch(),
    ]);
    expect(buffer.message).toContain("holding 1000000 rows would take 8000000000 bytes");
    expect(buffer.fix).toContain("buffer");
  });

  it("refuses streams that end before they begin, change or disagree", () => {
    const used = chunksOf([4])();
    const once = new StreamLoader(() => used, { batchSize: 2 });
    expect(inputsOf(once)).toHaveLength(2);
    const again = thrown(DataError, () => inputsOf(once));
    expect(again.message).toContain("the stream makes no batch of 2 rows");
    expect(again.fix).toContain("begin anew");
    const other = () => [{ inputs: arange(2) }, { targets: arange(2) } as never];
    const changed = thrown(DataError, () => [...new StreamLoader(other).epoch()]);
    expect(changed.message).toContain("chunk 1 has targets, those before it inputs");
    const unequal = () => [{ inputs: arange(2), targets: arange(3) }];
    expect(() => [...new StreamLoader(unequal).epoch()]).toThrow(
      /inputs has 2 rows, targets has 3/,
    );
    expect(() => new StreamLoader(unequal, { batchSize: 0 })).toThrow(ValueError);
    expect(() => new StreamLoader(unequal, { buffer: 0 })).toThrow(/buffer is 0/);
  });
});

describe("windowSource", () => {
  it("makes the windows of slidingWindows, a batch at a time", () => {
    const series = tensor([1, 2, 3, 4, 5, 6]);
    const all = slidingWindows(series, { length: 3 });
    const source = windowSource(series, { length: 3 });
    expect(source.rows).toBe(3);
    const { inputs, targets } = source.read(Int32Array.of(2, 0));
    expect(inputs.toArray()).toEqual([
      all.inputs.slice(2).toArray(),
      all.inputs.slice(0).toArray(),
    ]);
    expect(targets.toArray()).toEqual([[6], [4]]);
    expect(new DataLoader(source, { batchSize: 2 }).batches).toBe(2);
  });

  it("is what slidingWindows points to when all windows are too large", () => {
    const series = tensor(new Float32Array(100_000));
    const error = thrown(DataError, () => slidingWindows(series, { length: 20_000 }));
    expect(error.message).toContain("80000 windows of 20000 moments would take 6400000000 bytes");
    expect(error.fix).toContain("windowSource");
  });
});
