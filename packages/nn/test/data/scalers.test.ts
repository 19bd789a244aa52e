import { ShapeError, tensor, ValueError } from "@neurite/autograd";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError, MinMaxScaler, Standardizer } from "../../src/index.js";
import { thrown } from "../support/thrown.js";

describe("MinMaxScaler", () => {
  const table = tensor([
    [1, 10],
    [3, 30],
    [2, 20],
  ]);

  it("fills the range, column by column, and goes back", () => {
    const scaler = MinMaxScaler.fit(table);
    expect([scaler.minima, scaler.maxima]).toEqual([
      [1, 10],
      [3, 30],
    ]);
    const scaled = scaler.transform(table);
    expect([scaled.dtype, scaled.toArray()]).toEqual([
      "float32",
      [
        [0, 0],
        [1, 1],
        [0.5, 0.5],
      ],
    ]);
    expect(scaler.inverse(scaled).toArray()).toEqual(table.toArray());
    expect(scaled.inputs).toEqual([]);
  });

  it("takes another range, and leaves it for rows beyond those it was fitted on", () => {
    const scaler = MinMaxScaler.fit([0, 4], { range: [-1, 1], dtype: "float64" });
    expect(scaler.transform([0, 1, 4, 6]).toArray()).toEqual([-1, -0.5, 1, 2]);
    expect(scaler.inverse([-1, 0]).toArray()).toEqual([0, 2]);
  });

  it("makes a column that never varies the lower end", () => {
    const scaler = MinMaxScaler.fit([7, 7], { range: [2, 5] });
    expect(scaler.transform([7]).toArray()).toEqual([2]);
    expect(scaler.inverse([2]).toArray()).toEqual([7]);
  });

  it.each([[[1, 0]], [[1, 1]], [[0, Number.NaN]], [[0, Number.POSITIVE_INFINITY]]])(
    "refuses the range %j",
    (range) => {
      const error = thrown(ValueError, () =>
        MinMaxScaler.fit([1, 2], { range: range as [number, number] }),
      );
      expect(error.message).toContain(`the range is [${range.join(", ")}]`);
    },
  );
});

describe.each([
  ["Standardizer", Standardizer],
  ["MinMaxScaler", MinMaxScaler],
] as const)("%s", (name, Scaler) => {
  const rows = (values: fc.Arbitrary<number>) =>
    fc.array(fc.tuple(values, values), { minLength: 1, maxLength: 20 });
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

  it("goes there and back to 1e-12 of the largest number", () => {
    fc.assert(
      fc.property(rows(number), rows(number), (train, other) => {
        const scaler = Scaler.fit(train, { dtype: "float64" });
        for (const part of [train, other]) {
          const back = scaler.inverse(scaler.transform(part)).toTypedArray();
          const largest = Math.max(...train.flat().map(Math.abs), ...part.flat().map(Math.abs));
          for (const [i, value] of part.flat().entries()) {
            expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(1e-12 * largest);
          }
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("measures columns whose squares are too large or too small for a number", () => {
    for (const size of [1e-300, 1e300]) {
      const scaler = Scaler.fit([-size, size], { dtype: "float64" });
      expect(Math.abs(scaler.scales[0]! / size)).toBeCloseTo(name === "Standardizer" ? 1 : 2, 12);
    }
  });

  it("names row, column and value of what is no number, when fitted and after", () => {
    const names = ["sqft", "price"];
    const gap = [
      [1, 2],
      [3, Number.POSITIVE_INFINITY],
    ];
    const error = thrown(DataError, () => Scaler.fit(gap, { names }));
    expect(error).toMatchObject({ op: `${name}.fit`, row: 1, column: "price" });
    expect(error.value).toBe(Number.POSITIVE_INFINITY);
    expect(error.message).toContain('the data has Infinity in row 1, column "price"');
    const scaler = Scaler.fit([[1, 2]], { names });
    const later = thrown(DataError, () => scaler.transform([[Number.NaN, 1]]));
    expect(later).toMatchObject({ op: `${name}.transform`, row: 0, column: "sqft" });
    expect(thrown(DataError, () => Scaler.fit([1, Number.NaN])).message).toContain("in row 1 (");
  });

  it("refuses nothing, other widths and names that do not fit", () => {
    expect(() => Scaler.fit([])).toThrow(/empty.*0 rows/);
    expect(() => Scaler.fit(3)).toThrow(ShapeError);
    expect(() => Scaler.fit([[1, 2]], { names: ["a"] })).toThrow(/1 names for 2 columns/);
    const scaler = Scaler.fit([1, 2]);
    for (const method of ["transform", "inverse"] as const) {
      const error = thrown(ShapeError, () => scaler[method]([[1, 2]]));
      expect(error).toMatchObject({ op: `${name}.${method}`, shapes: [[1, 2]] });
      expect(error.message).toContain("fitted on 1 columns, got shape [1, 2]");
    }
  });

  it.each([
    ["null", null],
    ["undefined", undefined],
    ["a text", "7"],
  ])("refuses %s among the numbers", (_, value) => {
    expect(() => Scaler.fit([[1], [value as never]])).toThrow();
  });
});
