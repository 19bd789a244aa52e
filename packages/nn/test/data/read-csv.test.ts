import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { key } from "@neurite/autograd";
import { afterAll, describe, expect, it } from "vitest";
import {
  chronological,
  DataError,
  holdOut,
  OneHotEncoder,
  rowContents,
  Standardizer,
  slidingWindows,
  stackColumns,
  take,
} from "../../src/index.js";
import { readCsv } from "../../src/node.js";
import { thrown } from "../support/thrown.js";

const example = (name: string) => new URL(`../../../../examples/data/${name}`, import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "neurite-csv-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("readCsv", () => {
  it("prepares the house prices of Sacramento", () => {
    const homes = readCsv(example("sacramento.csv"), {
      columns: { beds: "number", sqft: "number", type: "text", zip: "text", price: "number" },
    });
    expect(homes.rows).toBe(932);
    expect(Math.max(...homes.columns.price)).toBe(884790);

    const contents = rowContents(readCsv(example("sacramento.csv")));
    expect(new Set(contents).size).toBe(930);
    const { train, validation } = holdOut(homes.rows, { key: key(1), keepTogether: contents });
    expect(validation.length).toBe(186);
    const seen = new Set([...train].map((row) => contents[row]));
    expect([...validation].filter((row) => seen.has(contents[row]))).toEqual([]);

    const [learnt, judged] = [take(homes, train), take(homes, validation)];
    const types = OneHotEncoder.fit(learnt.columns.type);
    const zips = OneHotEncoder.fit(learnt.columns.zip, { unknown: "zero" });
    const featuresOf = ({ columns }: typeof homes) =>
      stackColumns({
        beds: columns.beds,
        sqft: columns.sqft,
        ...types.columns("type", columns.type),
        zip: zips.transform(columns.zip),
      });
    const { values, names } = featuresOf(learnt);
    expect(names.slice(0, 6)).toEqual([
      "beds",
      "sqft",
      "type=Condo",
      "type=Multi_Family",
      "type=Residential",
      "zip.0",
    ]);
    expect(values.shape).toEqual([746, 5 + zips.categories.length]);
    expect(featuresOf(judged).values.shape).toEqual([186, 5 + zips.categories.length]);
    expect(zips.unseen(judged.columns.zip).rows).toBe(
      [...judged.columns.zip].filter((zip) => !learnt.columns.zip.includes(zip)).length,
    );

    const prices = Standardizer.fit(learnt.columns.price);
    const back = prices.inverse(prices.transform(judged.columns.price));
    for (const [i, price] of back.toTypedArray().entries()) {
      expect(price / judged.columns.price[i]!).toBeCloseTo(1, 5);
    }
  });

  it("makes windows of the weather of Seattle, split by time", () => {
    const days = readCsv(example("seattle-weather.csv"), { columns: { temp_max: "number" } });
    expect(days.rows).toBe(1461);
    const { values } = stackColumns({ high: days.columns.temp_max });
    const { inputs, targets } = slidingWindows(values, { length: 7 });
    expect([inputs.shape, targets.shape]).toEqual([
      [1454, 7, 1],
      [1454, 1],
    ]);
    expect(take(inputs, [0]).toTypedArray()[6]).toBeCloseTo(7.2, 6);
    expect(take(targets, [0]).item()).toBeCloseTo(10, 6);
    const { train, validation } = chronological(1454);
    expect([train.length, validation[0]]).toEqual([1163, 1163]);
  });

  it("names the path of a missing file, and the file that may be meant", () => {
    writeFileSync(join(folder, "homes.csv"), "a\n1");
    const error = thrown(DataError, () => readCsv(join(folder, "Home.csv")));
    expect(error.message).toContain(`there is no file ${join(folder, "Home.csv")}`);
    expect(error.fix).toBe(`did you mean ${join(folder, "homes.csv")}?`);
  });

  it("completes relative paths", () => {
    const error = thrown(DataError, () => readCsv("data/nowhere.csv"));
    expect(error.message).toContain(join(process.cwd(), "data", "nowhere.csv"));
    expect(error.fix).toContain(`the folder ${join(process.cwd(), "data")} does not exist`);
  });

  it("suggests nothing where nothing is like it", () => {
    expect(thrown(DataError, () => readCsv(join(folder, "prices.tsv"))).fix).toBe(
      `see what is in ${folder}`,
    );
  });

  it("refuses a folder and what is not UTF-8, and names the file in other errors", () => {
    expect(thrown(DataError, () => readCsv(folder)).message).toContain("EISDIR");
    writeFileSync(join(folder, "latin.csv"), Uint8Array.of(0x61, 0x0a, 0xe9));
    expect(() => readCsv(join(folder, "latin.csv"))).toThrow(/is not UTF-8/);
    writeFileSync(join(folder, "bad.csv"), "a\n1\nx");
    expect(() => readCsv(join(folder, "bad.csv"))).toThrow(/bad\.csv, line 3, column "a"/);
  });
});
