import { arange, IndexError, key, ShapeError, tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  chronological,
  DataError,
  DataLoader,
  holdOut,
  slidingWindows,
  take,
} from "../../src/index.js";
import { thrown } from "../support/thrown.js";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

describe("holdOut", () => {
  it.each([2, 3, 10, 101])("splits %i rows into two parts that make the whole", (rows) => {
    const { train, validation } = holdOut(rows, { fraction: 0.3, key: key(1) });
    expect(sorted([...train, ...validation])).toEqual(numbers(rows));
    expect(validation.length).toBe(Math.max(1, Math.round(rows * 0.3)));
  });

  it("is the same for the same key, and another for another", () => {
    const split = (seed: number) => holdOut(50, { key: key(seed) });
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
  });

  it("keeps rows of one value together", () => {
    const places = numbers(60).map((row) => `place ${row % 12}`);
    const { train, validation } = holdOut(60, { key: key(3), keepTogether: places });
    const seen = new Set([...train].map((row) => places[row]));
    expect([...validation].every((row) => !seen.has(places[row]))).toBe(true);
    expect(sorted([...train, ...validation])).toEqual(numbers(60));
    expect(Math.abs(validation.length - 12)).toBeLessThanOrEqual(2);
  });

  it("refuses what cannot be split", () => {
    for (const fraction of [0, 1, -1, Number.NaN]) {
      const error = thrown(DataError, () => holdOut(10, { fraction, key: key(1) }));
      expect(error.message).toContain(`fraction is ${fraction}`);
    }
    expect(() => holdOut(1, { key: key(1) })).toThrow(/1 rows do not split/);
    expect(() => holdOut(3, { key: key(1), keepTogether: ["a"] })).toThrow(/1 values for 3 rows/);
    const alike = { key: key(1), keepTogether: ["a", "a", "a"] };
    expect(() => holdOut(3, alike)).toThrow(/1 groups, the largest of 3 rows/);
  });
});

it("chronological keeps the last rows for validation", () => {
  const { train, validation } = chronological(5, { fraction: 0.4 });
  expect([[...train], [...validation]]).toEqual([
    [0, 1, 2],
    [3, 4],
  ]);
});

describe("take", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);

  it("copies rows of tensors of any dtype, views included", () => {
    expect(take(x, [2, 0, 2]).toArray()).toEqual([
      [5, 6],
      [1, 2],
      [5, 6],
    ]);
    expect(take(x.transpose(), [1]).toArray()).toEqual([[2, 4, 6]]);
    expect(take(tensor([true, false]), [1]).toArray()).toEqual([false]);
    expect(take(tensor([7, 8], { dtype: "int32" }), [1]).dtype).toBe("int32");
    expect(take(x, []).shape).toEqual([0, 2]);
  });

  it("refuses rows that are not there", () => {
    for (const row of [3, -1, 0.5]) {
      expect(() => take(x, [0, row])).toThrow(IndexError);
      expect(() => take(["a"], [row])).toThrow(`row ${row} at place 0`);
    }
    expect(() => take(tensor(1), [0])).toThrow(/a scalar has no rows/);
  });
});

describe("DataLoader", () => {
  const inputs = arange(10, { dtype: "float32" });
  const targets = inputs.mul(2);
  const rowsOf = (loader: DataLoader<{ inputs: typeof inputs }>, epoch?: number) =>
    [...loader.epoch(epoch)].map((batch) => [...batch.inputs.toTypedArray()]);

  it("keeps the order without a key, and the smaller last batch", () => {
    const loader = new DataLoader({ inputs }, { batchSize: 4 });
    expect([loader.rows, loader.batches]).toEqual([10, 3]);
    expect(rowsOf(loader)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
  });

  it("leaves the smaller last batch out when told to", () => {
    const loader = new DataLoader({ inputs }, { batchSize: 4, dropLast: true });
    expect(loader.batches).toBe(2);
    expect(rowsOf(loader).flat()).toHaveLength(8);
  });

  it("shuffles by key and epoch, every row once", () => {
    const order = (seed: number, epoch: number) =>
      rowsOf(new DataLoader({ inputs }, { batchSize: 4, key: key(seed) }), epoch).flat();
    expect(sorted(order(1, 1))).toEqual(numbers(10));
    expect(order(1, 1)).toEqual(order(1, 1));
    expect(order(1, 1)).not.toEqual(order(1, 2));
    expect(order(1, 1)).not.toEqual(order(2, 1));
  });

  it("keeps together what belongs together, and records nothing", () => {
    const loader = new DataLoader({ inputs, targets }, { batchSize: 3, key: key(5) });
    for (const batch of loader.epoch(7)) {
      expect(batch.inputs.mul(2).toArray()).toEqual(batch.targets.toArray());
      expect(batch.inputs.inputs).toEqual([]);
    }
  });

  it("refuses unequal counts, empty data and impossible batches", () => {
    const unequal = thrown(ShapeError, () => new DataLoader({ inputs, targets: arange(9) }));
    expect(unequal.message).toContain("inputs has 10 rows, targets has 9");
    expect(() => new DataLoader({ inputs: tensor([], { shape: [0, 3] }) })).toThrow(
      /the data is empty: inputs has 0 rows/,
    );
    for (const batchSize of [0, -1, 2.5, Number.NaN]) {
      const error = thrown(ValueError, () => new DataLoader({ inputs }, { batchSize }));
      expect(error.message).toContain(`batchSize is ${batchSize}`);
    }
    expect(() => new DataLoader({ inputs }, { batchSize: 11, dropLast: true })).toThrow(
      /10 rows make no batch of 11/,
    );
  });
});

describe("slidingWindows", () => {
  it("gives each window the moment that follows", () => {
    const { inputs, targets } = slidingWindows(tensor([1, 2, 3, 4]), { length: 2 });
    expect(inputs.toArray()).toEqual([
      [[1], [2]],
      [[2], [3]],
    ]);
    expect(targets.toArray()).toEqual([[3], [4]]);
  });

  it("takes targets from elsewhere, and from further ahead", () => {
    const series = tensor([
      [1, 10],
      [2, 20],
      [3, 30],
      [4, 40],
    ]);
    const high = tensor([0.1, 0.2, 0.3, 0.4], { dtype: "float64" });
    const { inputs, targets } = slidingWindows(series, { length: 1, horizon: 3, targets: high });
    expect(inputs.toArray()).toEqual([[[1, 10]]]);
    expect(targets.toArray()).toEqual([[0.4]]);
  });

  it("refuses what has no window", () => {
    const series = tensor([1, 2, 3]);
    const error = thrown(ShapeError, () => slidingWindows(series, { length: 3 }));
    expect(error.message).toContain("3 moments have no window of 3 with a target 1 later");
    expect(error.fix).toContain("at least 4");
    expect(() => slidingWindows(series, { length: 0 })).toThrow(/length is 0/);
    expect(() => slidingWindows(series, { length: 1, horizon: 1.5 })).toThrow(/horizon is 1.5/);
    const targets = tensor([1, 2]);
    expect(() => slidingWindows(series, { length: 1, targets })).toThrow(
      /series has 3.*targets has 2/,
    );
    expect(() => slidingWindows(tensor(1), { length: 1 })).toThrow(ShapeError);
  });
});
