import { describe, expect, expectTypeOf, it } from "vitest";
import { DataError, parseCsv, rowContents, take } from "../../src/index.js";
import { thrown } from "../support/thrown.js";

const homes = "city,sqft,price\nDavis,836,59222\nGalt,1167.5,68212\n";
const failure = (text: string, options?: Parameters<typeof parseCsv>[1]) =>
  thrown(DataError, () => parseCsv(text, { source: "homes.csv", ...options }));

describe("parseCsv", () => {
  it("reads declared columns in their types", () => {
    const table = parseCsv(homes, { columns: { price: "number", city: "text" } });
    expectTypeOf(table.columns.price).toEqualTypeOf<Float64Array>();
    expectTypeOf(table.columns.city).toEqualTypeOf<readonly string[]>();
    expect(table).toEqual({
      rows: 2,
      columns: { price: Float64Array.of(59222, 68212), city: ["Davis", "Galt"] },
    });
  });

  it("lets the first row decide where nothing is declared", () => {
    const { columns } = parseCsv(homes);
    expect(columns).toEqual({
      city: ["Davis", "Galt"],
      sqft: Float64Array.of(836, 1167.5),
      price: Float64Array.of(59222, 68212),
    });
  });

  it.each([
    ["a byte order mark", `\uFEFF${homes}`],
    ["CRLF", homes.replaceAll("\n", "\r\n")],
    ["CR", homes.replaceAll("\n", "\r")],
    ["no last line end", homes.trimEnd()],
    ["blank last lines", `${homes}\n \n`],
    [
      "quotes that are not needed",
      homes.replaceAll(/\w+/g, '"$&"').replace('"1167"."5"', '"1167.5"'),
    ],
    ["spaces around names and numbers", homes.replaceAll(",", " , ").replaceAll(" , 836", ",836 ")],
  ])("accepts %s", (_, text) => {
    const { columns } = parseCsv(text, { columns: { sqft: "number", price: "number" } });
    expect(columns.sqft).toEqual(Float64Array.of(836, 1167.5));
    expect(columns.price).toEqual(Float64Array.of(59222, 68212));
  });

  it("reads quoted delimiters, quotes and line ends", () => {
    const { columns } = parseCsv('name,note\n"a, b","6"" pipe"\nc,"two\nlines"\n');
    expect(columns).toEqual({ name: ["a, b", "c"], note: ['6" pipe', "two\nlines"] });
  });

  it("reads other delimiters and decimal commas", () => {
    const { columns } = parseCsv("a;b\n1,5;x\n-2,25e1;y", { delimiter: ";", decimal: "," });
    expect(columns).toEqual({ a: Float64Array.of(1.5, -22.5), b: ["x", "y"] });
  });

  it("leaves gaps of optional numbers as NaN", () => {
    const { columns } = parseCsv("a\n1\n \nNA\n2", {
      columns: { a: "optional number" },
      missing: ["NA"],
    });
    expect(columns.a).toEqual(Float64Array.of(1, Number.NaN, Number.NaN, 2));
  });

  it("keeps columns with the names of object members as plain data", () => {
    const { columns } = parseCsv("__proto__,constructor\n1,2");
    expect(Object.keys(columns)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(columns)).toBe(Object.prototype);
  });
});

describe("parseCsv refuses", () => {
  it.each([
    ["text", "many", /^correct the cell.*"text".*missing: \["many"\]/],
    ["NaN", "NaN", /missing: \["NaN"\]/],
    ["infinity", "1e999", /correct the cell/],
    ["hexadecimal", "0x10", /correct the cell/],
    ["a decimal comma", '"1,5"', /decimal: ",".*delimiter/],
    ["an empty cell", " ", /fill the cell.*"optional number"/],
  ])("%s in a column of numbers", (_, cell, fix) => {
    const error = failure(`a,price\n1,2\n3,${cell}\n`);
    const value = cell.replaceAll('"', "");
    expect(error).toMatchObject({ line: 3, row: 1, column: "price", value });
    expect(error.fix).toMatch(fix);
    const found = value.trim() ? `${JSON.stringify(value)} is no number` : "the cell is empty";
    expect(error.message).toContain(`homes.csv, line 3, column "price": ${found}`);
  });

  it("text in an optional number", () => {
    expect(failure("a\n1\nx", { columns: { a: "optional number" } }).line).toBe(3);
  });

  it("a short row", () => {
    const error = failure("a,b,c\n1,2,3\n4,5\n");
    expect(error.message).toContain("homes.csv, line 3: found 2 fields, expected 3");
    expect(error.line).toBe(3);
  });

  it("a long row", () => {
    const error = failure("a,b\n1,2\n3,4,5\n");
    expect(error.message).toContain("line 3: found 3 fields, expected 2");
    expect(error.fix).toMatch(/quotes.*delimiter/);
  });

  it("a blank line in the middle", () => {
    const error = failure("a,b\n\n1,2\n");
    expect(error.message).toContain("line 2: found 1 field, expected 2");
    expect(error.fix).toBe("remove the blank line");
  });

  it("counts lines through line ends in quotes", () => {
    expect(failure('a,b\n"x\r\ny\nz",2\n3,oops').line).toBe(5);
  });

  it.each([
    ["never closed", 'a,b\n1,"x\n3,4\n', 2, 3, /is never closed/],
    ["never closed at the end", 'a,b\n1,"', 2, 3, /is never closed/],
    ["closed by the next one", 'a,b\n1,"x\n3,"y"\n', 2, 3, /closed before the field ends, at "y"/],
    ["inside a field", 'a,b\n1,2\n6" pipe,4\n', 3, 2, /stands inside a field/],
    ["not doubled", 'a,b\n1,"6" pipe"\n', 2, 3, /closed before the field ends, at " "/],
  ])("a quote that is %s", (_, text, line, position, problem) => {
    const error = failure(text);
    expect(error).toMatchObject({ line, position });
    expect(error.message).toContain(`homes.csv, line ${line}, column ${position}: the quote`);
    expect(error.message).toMatch(problem);
  });

  it("a duplicate header", () => {
    const error = failure("a,b,a\n1,2,3");
    expect(error.message).toContain('duplicate header: columns 1 and 3 are both "a"');
    expect(error.column).toBe("a");
  });

  it.each(["", "\uFEFF", "\n", "\r\n\r\n"])("an empty file, %j", (text) => {
    expect(failure(text).message).toContain("homes.csv is empty");
  });

  it.each(["a,b", "a,b\n", "a,b\n\n"])("a header alone, %j", (text) => {
    expect(failure(text).message).toContain("homes.csv has a header but no data: 0 rows");
  });

  it("a column that is not there, with the name that may be meant", () => {
    const error = failure(homes, { columns: { Prices: "number" } });
    expect(error.message).toContain('no column "Prices": its columns are city, sqft, price');
    expect(error.fix).toContain('did you mean "price"?');
  });

  it("the wrong delimiter, naming the one that the header has", () => {
    const error = failure("a;b\n1;2", { columns: { a: "number" } });
    expect(error.fix).toBe('say delimiter: ";"');
  });

  it.each(["", ";;", '"', "\n"])("the delimiter %j", (delimiter) => {
    expect(failure(homes, { delimiter }).message).toContain("cannot be a delimiter");
  });
});

describe("rows of a table", () => {
  const table = parseCsv("a,b\n1,x\n2,y\n1,x\n");

  it("are taken in the order asked for", () => {
    expect(take(table, [2, 1, 1])).toEqual({
      rows: 3,
      columns: { a: Float64Array.of(1, 2, 2), b: ["x", "y", "y"] },
    });
  });

  it("are equal when their contents are", () => {
    const [first, second, third] = rowContents(table);
    expect(first).toBe(third);
    expect(first).not.toBe(second);
  });
});
