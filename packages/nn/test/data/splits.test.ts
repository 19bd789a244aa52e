import { key, tensor } from "@neurite/autograd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balancedWeights, DataError, holdOut, kFold, type Split } from "../../src/index.js";
import { thrown } from "../support/thrown.js";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b);

/** Labels of which each occurs at least five times. */
const labelled = fc
  .tuple(fc.array(fc.nat(3), { minLength: 1, maxLength: 60 }), fc.nat(1000))
  .map(([extra, seed]) => ({ labels: [...extra.flatMap((l) => [l, l, l, l, l])], seed }));

const countOf = (rows: Int32Array, labels: readonly number[], label: number) =>
  rows.filter((row) => labels[row] === label).length;

function expectWhole({ train, validation }: Split, rows: number): void {
  expect(sorted([...train, ...validation])).toEqual(numbers(rows));
}

describe("holdOut by strata", () => {
  it("is disjoint, covers everything, has the size asked for and each class's share", () => {
    fc.assert(
      fc.property(labelled, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (data, fraction) => {
        const { labels, seed } = data;
        const rows = labels.length;
        const split = holdOut(rows, { fraction, key: key(seed), stratify: labels });
        expectWhole(split, rows);
        const wanted = Math.min(Math.max(Math.round(rows * fraction), 1), rows - 1);
        expect(split.validation.length).toBe(wanted);
        for (const label of new Set(labels)) {
          const share = (labels.filter((l) => l === label).length * wanted) / rows;
          const found = countOf(split.validation, labels, label);
          expect(Math.abs(found - share)).toBeLessThan(1);
        }
        expect(holdOut(rows, { fraction, key: key(seed), stratify: labels })).toEqual(split);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it("comes shuffled, and otherwise by another key", () => {
    const stratify = numbers(60).map((row) => (row < 40 ? "a" : "b"));
    const { train, validation } = holdOut(60, { key: key(1), stratify });
    expect([...train]).not.toEqual(sorted(train));
    expect([...validation].map((row) => stratify[row])).not.toEqual(
      [...validation].map((row) => stratify[row]).sort(),
    );
    expect(holdOut(60, { key: key(2), stratify }).validation).not.toEqual(validation);
  });

  it("refuses a class of one row, other lengths, and both ways at once", () => {
    const stratify = ["a", "a", "b"];
    const lonely = thrown(DataError, () => holdOut(3, { key: key(1), stratify }));
    expect(lonely.value).toBe("b");
    expect(lonely.message).toContain('stratify has "b" in 1 row, too few for 2 sides');
    const short = thrown(DataError, () => holdOut(4, { key: key(1), stratify }));
    expect(short.message).toContain("stratify has 3 values for 4 rows");
    const both = { key: key(1), stratify, keepTogether: stratify };
    expect(() => holdOut(3, both)).toThrow(/both keepTogether and stratify/);
  });
});

describe("kFold", () => {
  it("judges by every row once, with folds and classes shared out evenly", () => {
    fc.assert(
      fc.property(labelled, fc.integer({ min: 2, max: 5 }), fc.boolean(), (data, folds, strata) => {
        const { labels, seed } = data;
        const rows = labels.length;
        const options = { folds, key: key(seed), stratify: strata ? labels : undefined };
        const splits = kFold(rows, options);
        expect(splits.length).toBe(folds);
        for (const split of splits) expectWhole(split, rows);
        expect(sorted(splits.flatMap(({ validation }) => [...validation]))).toEqual(numbers(rows));
        const isEven = (counts: readonly number[]) =>
          Math.max(...counts) - Math.min(...counts) <= 1;
        expect(isEven(splits.map(({ validation }) => validation.length))).toBe(true);
        for (const label of strata ? new Set(labels) : []) {
          const counts = splits.map(({ validation }) => countOf(validation, labels, label));
          expect(isEven(counts)).toBe(true);
        }
        expect(kFold(rows, options)).toEqual(splits);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it("is another for another key", () => {
    expect(kFold(20, { key: key(1) })).not.toEqual(kFold(20, { key: key(2) }));
  });

  it("keeps groups together, in folds of nearly one size", () => {
    const keepTogether = numbers(60).map((row) => `place ${row % 12}`);
    const splits = kFold(60, { folds: 4, key: key(1), keepTogether });
    for (const split of splits) {
      expectWhole(split, 60);
      expect(split.validation.length).toBe(15);
      const seen = new Set([...split.train].map((row) => keepTogether[row]));
      expect([...split.validation].some((row) => seen.has(keepTogether[row]))).toBe(false);
    }
  });

  it("refuses what makes no folds", () => {
    for (const folds of [0, 1, 2.5, 11, Number.NaN]) {
      const error = thrown(DataError, () => kFold(10, { folds, key: key(1) }));
      expect(error.message).toContain(`10 rows do not make ${folds} folds`);
    }
    const stratify = ["a", "a", "a", "b", "b"];
    const rare = thrown(DataError, () => kFold(5, { folds: 3, key: key(1), stratify }));
    expect(rare.message).toContain('stratify has "b" in 2 rows, too few for 3 sides');
    const few = { folds: 3, key: key(1), keepTogether: stratify };
    expect(() => kFold(5, few)).toThrow(/keepTogether makes 2 groups, too few for 3 folds/);
  });
});

describe("balancedWeights", () => {
  it("weighs every class alike, with mean 1 over the rows", () => {
    const labels = [0, 0, 0, 1, 2, 2];
    const weights = balancedWeights(labels, { dtype: "float64" }).toTypedArray();
    expect([...weights]).toEqual([6 / 9, 2, 1]);
    expect(labels.reduce((sum, label) => sum + weights[label]!, 0) / 6).toBeCloseTo(1, 14);
    const indices = balancedWeights(tensor(labels, { dtype: "int32" }));
    expect([indices.dtype, indices.shape]).toEqual(["float32", [3]]);
  });

  it("refuses labels that are none, and classes without rows", () => {
    for (const label of [-1, 0.5, Number.NaN]) {
      const error = thrown(DataError, () => balancedWeights([0, label]));
      expect(error).toMatchObject({ row: 1, value: label });
      expect(error.message).toContain(`has the label ${label}`);
    }
    expect(thrown(DataError, () => balancedWeights([0, 3], { classes: 3 })).fix).toContain(
      "0 to 2",
    );
    const gap = thrown(DataError, () => balancedWeights([0, 2]));
    expect(gap.message).toContain("class 1 of 3 has no rows");
    expect(() => balancedWeights([])).toThrow(/no labels/);
  });
});
