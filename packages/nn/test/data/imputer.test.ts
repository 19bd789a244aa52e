import { describe, expect, expectTypeOf, it } from "vitest";
import { DataError, type FillStrategy, Imputer, parseCsv } from "../../src/index.js";
import { readCsv } from "../../src/node.js";
import { thrown } from "../support/thrown.js";

const penguins = () =>
  readCsv(new URL("../../../../examples/data/penguins.csv", import.meta.url), {
    columns: { species: "text", body_mass_g: "optional number", sex: "optional text" },
  });

const small = parseCsv("mass,sex,name\n1,f,a\n,NA,b\n10,m,\n4,m,d\n", {
  columns: { mass: "optional number", sex: "optional text", name: "text" },
  missing: ["NA"],
});

describe("Imputer", () => {
  it.each<[FillStrategy, number]>([
    ["mean", 5],
    ["median", 4],
    ["mostFrequent", 1],
    [{ constant: -1 }, -1],
  ])("fills numbers by %j", (strategy, fill) => {
    const imputer = Imputer.fit(small, { mass: strategy });
    expect(imputer.fills).toEqual({ mass: fill });
    expect([...imputer.transform(small).columns.mass]).toEqual([1, fill, 10, 4]);
  });

  it("takes the middle of two for the median of an even count", () => {
    const table = parseCsv("a\n1\n9\n2\n4\n\u0020\n", { columns: { a: "optional number" } });
    expect(Imputer.fit(table, { a: "median" }).fills).toEqual({ a: 3 });
  });

  it("fills texts, and leaves other columns and the table as they are", () => {
    const imputer = Imputer.fit(small, { sex: "mostFrequent", name: { constant: "?" } });
    const filled = imputer.transform(small);
    expectTypeOf(filled).toEqualTypeOf(small);
    expect(filled.columns).toMatchObject({
      sex: ["f", "m", "m", "m"],
      name: ["a", "b", "?", "d"],
    });
    expect(filled.columns.mass).toBe(small.columns.mass);
    expect(small.columns.sex).toEqual(["f", "", "m", "m"]);
    expect(imputer.gaps(small)).toEqual({ sex: 1, name: 1 });
    expect(imputer.gaps(filled)).toEqual({ sex: 0, name: 0 });
  });

  it("fills others with what it learnt from the training rows", () => {
    const imputer = Imputer.fit(small, { mass: "mean" });
    const other = parseCsv("mass,a\n1000,1\n,2\n", { columns: { mass: "optional number" } });
    expect([...imputer.transform(other).columns.mass]).toEqual([1000, 5]);
  });

  it("fills the gaps of the penguins", () => {
    const table = penguins();
    const imputer = Imputer.fit(table, { body_mass_g: "median", sex: "mostFrequent" });
    expect(imputer.gaps(table)).toEqual({ body_mass_g: 2, sex: 11 });
    expect(imputer.fills).toEqual({ body_mass_g: 4050, sex: "male" });
    const filled = imputer.transform(table);
    expect(imputer.gaps(filled)).toEqual({ body_mass_g: 0, sex: 0 });
    expect(filled.columns.species).toBe(table.columns.species);
  });

  it("refuses a column that is not there, naming the one that may be meant", () => {
    const error = thrown(DataError, () => Imputer.fit(small, { maas: "mean" }));
    expect(error).toMatchObject({ op: "Imputer.fit", column: "maas" });
    expect(error.message).toContain('no column "maas": its columns are mass, sex, name');
    expect(error.fix).toContain('did you mean "mass"?');
    const other = parseCsv("a\n1");
    const imputer = Imputer.fit(small, { mass: "mean" });
    expect(thrown(DataError, () => imputer.transform(other))).toMatchObject({ column: "mass" });
  });

  it("refuses what does not fit the kind of the column", () => {
    const text = thrown(DataError, () => Imputer.fit(small, { sex: "mean" }));
    expect(text).toMatchObject({ column: "sex", value: "f" });
    expect(text.message).toContain('column "sex" is text: it has no mean');
    const constant = thrown(DataError, () => Imputer.fit(small, { mass: { constant: "?" } }));
    expect(constant.message).toContain('column "mass" holds numbers, not "?"');
    const gap = thrown(DataError, () => Imputer.fit(small, { mass: { constant: Number.NaN } }));
    expect(gap.column).toBe("mass");
    const swapped = parseCsv("mass\nheavy");
    const imputer = Imputer.fit(small, { mass: "mean" });
    const later = thrown(DataError, () => imputer.transform(swapped));
    expect(later).toMatchObject({ op: "Imputer.transform", column: "mass", value: 5 });
  });

  it("refuses to learn from a column of gaps, and other strategies", () => {
    const empty = parseCsv("a,b\n,1\n,2\n", { columns: { a: "optional number" } });
    const error = thrown(DataError, () => Imputer.fit(empty, { a: "mean" }));
    expect(error.message).toContain('column "a" has no value in any of 2 rows');
    expect(Imputer.fit(empty, { a: { constant: 0 } }).fills).toEqual({ a: 0 });
    expect(() => Imputer.fit(small, { mass: "mode" as never })).toThrow(/"mode" is no way to fill/);
  });
});
