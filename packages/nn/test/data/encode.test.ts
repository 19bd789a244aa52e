import { ShapeError, tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  DataError,
  MinMaxScaler,
  OneHotEncoder,
  Standardizer,
  stackColumns,
} from "../../src/index.js";
import { thrown } from "../support/thrown.js";

describe("Standardizer", () => {
  // Mean 5, population standard deviation 2: the textbook sample.
  const sample = [2, 4, 4, 4, 5, 5, 7, 9];

  it("measures mean and standard deviation", () => {
    const { means, scales } = Standardizer.fit(sample);
    expect([means, scales]).toEqual([[5], [2]]);
  });

  it("transforms with what it measured, other rows too", () => {
    const scaler = Standardizer.fit(sample);
    const z = scaler.transform([9, 5, 1]);
    expect([z.dtype, z.toArray()]).toEqual(["float32", [2, 0, -2]]);
    expect(scaler.inverse(z).toArray()).toEqual([9, 5, 1]);
  });

  it("treats columns by themselves, and takes one column as [rows] or [rows, 1]", () => {
    const table = tensor([
      [1, 10],
      [3, 30],
    ]);
    const scaler = Standardizer.fit(table, { dtype: "float64" });
    expect([scaler.means, scaler.scales]).toEqual([
      [2, 20],
      [1, 10],
    ]);
    const z = scaler.transform(table);
    expect([z.dtype, z.toArray()]).toEqual([
      "float64",
      [
        [-1, -1],
        [1, 1],
      ],
    ]);
    expect(scaler.inverse(z).toArray()).toEqual(table.toArray());
    expect(
      Standardizer.fit(sample)
        .inverse([[1], [-1]])
        .toArray(),
    ).toEqual([[7], [3]]);
  });

  it("subtracts in float64, before the rounding to float32", () => {
    const scaler = Standardizer.fit([1e9, 1e9 + 2]);
    expect(scaler.transform([1e9, 1e9 + 2]).toArray()).toEqual([-1, 1]);
  });

  it("makes a column that never varies zero", () => {
    const scaler = Standardizer.fit(Array.from({ length: 10 }, () => 0.1));
    expect(scaler.scales).toEqual([1]);
    expect(scaler.transform([0.1]).item()).toBe(0);
  });

  it("records nothing", () => {
    expect(Standardizer.fit(sample).transform(sample).inputs).toEqual([]);
  });

  it("refuses gaps, nothing, and other widths", () => {
    const gap = thrown(DataError, () =>
      Standardizer.fit([
        [1, 2],
        [3, Number.NaN],
      ]),
    );
    expect(gap).toMatchObject({ row: 1, column: 1, value: Number.NaN });
    expect(() => Standardizer.fit([])).toThrow(/empty.*0 rows/);
    expect(() => Standardizer.fit(3)).toThrow(ShapeError);
    expect(() => Standardizer.fit(sample).transform([[1, 2]])).toThrow(
      /fitted on 1 columns.*\[1, 2\]/,
    );
  });
});

describe("OneHotEncoder", () => {
  const colours = ["red", "green", "red", "blue"];

  it("sorts the categories and marks each row", () => {
    const encoder = OneHotEncoder.fit(colours);
    expect(encoder.categories).toEqual(["blue", "green", "red"]);
    expect(encoder.transform(["green", "red"]).toArray()).toEqual([
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(encoder.indices(colours).toArray()).toEqual([2, 1, 2, 0]);
    expect(encoder.indices(colours).dtype).toBe("int32");
  });

  it("sorts numbers by size", () => {
    expect(OneHotEncoder.fit([10, 9, 2]).categories).toEqual([2, 9, 10]);
  });

  it("goes back from rows, places and probabilities", () => {
    const encoder = OneHotEncoder.fit(colours);
    expect(encoder.inverse(encoder.transform(colours))).toEqual(colours);
    expect(encoder.inverse(encoder.indices(colours))).toEqual(colours);
    expect(encoder.inverse(tensor([[0.2, 0.7, 0.1]]))).toEqual(["green"]);
    expect(() => encoder.inverse(tensor([[1, 2]]))).toThrow(/expected 3 columns/);
  });

  it("names a column for each category", () => {
    const columns = OneHotEncoder.fit(colours).columns("colour", ["red"]);
    expect(columns).toEqual({
      "colour=blue": Float64Array.of(0),
      "colour=green": Float64Array.of(0),
      "colour=red": Float64Array.of(1),
    });
  });

  it("refuses an unseen category, or makes it zeros and counts it", () => {
    const rows = ["red", "pink", "pink", "grey"];
    const error = thrown(DataError, () => OneHotEncoder.fit(colours).transform(rows));
    expect(error.message).toContain(
      '3 of 4 rows have a category that fit never saw: "pink", "grey"',
    );
    expect(error).toMatchObject({ row: 1, value: "pink" });
    const lenient = OneHotEncoder.fit(colours, { unknown: "zero" });
    expect(lenient.transform(rows).toArray()).toEqual([
      [0, 0, 1],
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(lenient.unseen(rows)).toEqual({ rows: 3, categories: ["pink", "grey"] });
    expect(lenient.inverse(lenient.transform(rows))).toEqual([
      "red",
      undefined,
      undefined,
      undefined,
    ]);
    expect(() => lenient.indices(rows)).toThrow(DataError);
  });

  it("refuses to learn from nothing", () => {
    expect(() => OneHotEncoder.fit([])).toThrow(/no values/);
  });
});

describe("stackColumns", () => {
  it("puts columns side by side under their names", () => {
    const { values, names } = stackColumns({
      a: Float64Array.of(1, 2),
      b: [3, 4],
      c: tensor([
        [5, 6],
        [7, 8],
      ]),
      d: tensor([9, 10], { dtype: "int32" }),
    });
    expect(names).toEqual(["a", "b", "c.0", "c.1", "d"]);
    expect(values.dtype).toBe("float32");
    expect(values.toArray()).toEqual([
      [1, 3, 5, 6, 9],
      [2, 4, 7, 8, 10],
    ]);
  });

  it("refuses unequal lengths, gaps and nothing", () => {
    const unequal = thrown(ShapeError, () => stackColumns({ a: [1, 2], b: [1] }));
    expect(unequal.message).toContain("column a has 2 rows, b has 1");
    const gap = thrown(DataError, () => stackColumns({ a: [1, 2], b: [1, Number.NaN] }));
    expect(gap).toMatchObject({ row: 1, column: "b", value: Number.NaN });
    expect(() => stackColumns({})).toThrow(ValueError);
  });

  it.each([
    ["null", null],
    ["undefined", undefined],
    ["a text", "7"],
    ["infinity", Number.POSITIVE_INFINITY],
  ])("refuses %s, naming column, row and value", (_, value) => {
    const column = [1, 2, value as number];
    const error = thrown(DataError, () => stackColumns({ a: [1, 2, 3], b: column }));
    expect(error).toMatchObject({ op: "stackColumns", row: 2, column: "b" });
    expect(error.value).toBe(value);
    expect(error.message).toContain(`column b has ${value} in row 2 (counted from 0)`);
  });
});

it("rows of unequal length are refused with the row and both lengths", () => {
  const rows = [
    [1, 2],
    [3, 4, 5],
  ];
  for (const fit of [Standardizer.fit, MinMaxScaler.fit]) {
    const error = thrown(ShapeError, () => fit(rows));
    expect(error.message).toMatch(/\[1\].*3.*2/);
  }
});
