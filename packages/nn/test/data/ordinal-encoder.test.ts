import { tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { DataError, OneHotEncoder, OrdinalEncoder } from "../../src/index.js";
import { thrown } from "../support/thrown.js";

const sizes = ["small", "large", "small", "medium"];
const order = ["small", "medium", "large"];

describe("OrdinalEncoder", () => {
  it("counts in the order given, or in that of the characters", () => {
    const encoder = OrdinalEncoder.fit(sizes, { order });
    const places = encoder.transform(sizes);
    expect([places.dtype, places.toArray()]).toEqual(["float32", [0, 2, 0, 1]]);
    expect(OrdinalEncoder.fit(sizes).categories).toEqual(["large", "medium", "small"]);
    expect(OrdinalEncoder.fit([10, 9, 2]).transform([9, 10]).toArray()).toEqual([1, 2]);
  });

  it("goes back, from predictions to the nearest", () => {
    const encoder = OrdinalEncoder.fit(sizes, { order });
    expect(encoder.inverse(encoder.transform(sizes))).toEqual(sizes);
    expect(encoder.inverse(tensor([-3, 0.4, 0.6, 1.7, 9]))).toEqual([
      "small",
      "small",
      "medium",
      "large",
      "large",
    ]);
    const error = thrown(DataError, () => encoder.inverse(tensor([0, Number.NaN])));
    expect(error.row).toBe(1);
  });

  it("refuses unseen categories with their count, or gives them a number", () => {
    const rows = ["huge", "small", "tiny", "huge"];
    const error = thrown(DataError, () => OrdinalEncoder.fit(sizes).transform(rows));
    expect(error).toMatchObject({ op: "OrdinalEncoder.transform", row: 0, value: "huge" });
    expect(error.message).toContain("3 of 4 rows have a category that fit never saw");
    expect(error.message).toContain('"huge", "tiny"');
    const lenient = OrdinalEncoder.fit(sizes, { order, unknown: -1 });
    expect(lenient.transform(rows).toArray()).toEqual([-1, 0, -1, -1]);
    expect(lenient.unseen(rows)).toEqual({ rows: 3, categories: ["huge", "tiny"] });
  });

  it("refuses an order that is incomplete or names a category twice", () => {
    const short = thrown(DataError, () => OrdinalEncoder.fit(sizes, { order: ["small"] }));
    expect(short.message).toContain('2 of 4 rows have a category that fit never saw: "large"');
    const twice = thrown(DataError, () =>
      OrdinalEncoder.fit(sizes, { order: [...order, "large"] }),
    );
    expect(twice.message).toContain('order has "large" twice');
  });
});

describe.each([
  ["OneHotEncoder", OneHotEncoder],
  ["OrdinalEncoder", OrdinalEncoder],
] as const)("%s", (name, Encoder) => {
  it.each([null, undefined, Number.NaN])("refuses %s as a category, with its row", (value) => {
    const error = thrown(DataError, () => Encoder.fit(["a", value as unknown as string]));
    expect(error).toMatchObject({ op: `${name}.fit`, row: 1, value: String(value) });
    expect(error.message).toContain(`row 1 (counted from 0) has ${value}`);
  });

  it("refuses to learn from nothing", () => {
    expect(() => Encoder.fit([])).toThrow(/no values/);
  });
});
