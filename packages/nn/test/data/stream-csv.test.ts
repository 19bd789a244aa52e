import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { key } from "@neurite/autograd";
import fc from "fast-check";
import { afterAll, describe, expect, expectTypeOf, it } from "vitest";
import { DataError, parseCsv, StreamLoader, stackColumns, type Table } from "../../src/index.js";
import { readCsv, streamCsv } from "../../src/node.js";
import { thrown } from "../support/thrown.js";

const folder = mkdtempSync(join(tmpdir(), "neurite-stream-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(text: string): string {
  const path = join(folder, "data.csv");
  writeFileSync(path, text);
  return path;
}

const homes = new URL("../../../../examples/data/sacramento.csv", import.meta.url);

/** The parts as one table again. */
function joined(parts: readonly Table[]) {
  const names = Object.keys(parts[0]!.columns);
  return Object.fromEntries(
    names.map((name) => [name, parts.flatMap(({ columns }) => [...columns[name]!])]),
  );
}

const failure = (text: string, chunkBytes: number) =>
  thrown(DataError, () => [...streamCsv(fileOf(text), { chunkBytes })]);

describe("streamCsv", () => {
  it("reads what readCsv reads, part by part", () => {
    const whole = readCsv(homes);
    const parts = [...streamCsv(homes, { chunkBytes: 5000 })];
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.reduce((sum, { rows }) => sum + rows, 0)).toBe(932);
    const columns = Object.entries(whole.columns).map(([name, column]) => [name, [...column]]);
    expect(joined(parts)).toEqual(Object.fromEntries(columns));
  });

  it("cuts between records only, whatever the quotes, line ends and letters", () => {
    const field = fc.stringMatching(/^[a-zäß€😀",\n]{1,6}$/u);
    const end = fc.constantFrom("\n", "\r\n", "\r");
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(field, { minLength: 1 }),
        end,
        fc.integer({ min: 1, max: 9 }),
        (l, e, n) => {
          const text = ["a,b", ...l.map((cell) => `${quote(cell)},1`)].join(e);
          const parts = [...streamCsv(fileOf(text), { chunkBytes: n })];
          const { columns } = parseCsv(text, { columns: { a: "text", b: "number" } });
          expect(joined(parts)).toEqual({ a: columns.a, b: [...columns.b] });
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  it("types its columns", () => {
    const path = fileOf("a,b\n1,x\n");
    const [part] = streamCsv(path, { columns: { a: "number" } });
    expectTypeOf(part!.columns.a).toEqualTypeOf<Float64Array>();
    expect(part!.columns).toEqual({ a: Float64Array.of(1) });
  });

  it("feeds a StreamLoader, epoch after epoch", () => {
    function* open() {
      for (const { columns } of streamCsv(homes, {
        columns: { sqft: "number", price: "number" },
        chunkBytes: 4000,
      })) {
        yield {
          inputs: stackColumns({ sqft: columns.sqft }).values,
          targets: stackColumns({ price: columns.price }).values,
        };
      }
    }
    const loader = new StreamLoader(open, { batchSize: 100, key: key(1), buffer: 300 });
    for (const epoch of [1, 2]) {
      const sizes = Array.from(loader.epoch(epoch), ({ inputs }) => inputs.shape[0]);
      expect(sizes).toEqual([...Array.from({ length: 9 }, () => 100), 32]);
    }
  });

  it.each([4, 16, 1000])("counts lines and rows from the start, in chunks of %i bytes", (chunk) => {
    const error = failure('a,b\n1,"x\ny"\n2,z\noops,w\n', chunk);
    expect(error).toMatchObject({ line: 5, row: 2, column: "a", value: "oops" });
    expect(error.message).toContain('data.csv, line 5, column "a": "oops" is no number');
    const short = failure("a,b\n1,2\n3,4\n5\n", chunk);
    expect(short.message).toContain("line 4: found 1 field, expected 2");
    const quote = failure('a,b\n1,2\n3,"4\n5,6\n', chunk);
    expect(quote).toMatchObject({ line: 3, position: 3 });
    expect(failure("a,b\n1,2\n\n3,4\n", chunk).message).toContain("line 3: found 1 field");
  });

  it("accepts a byte order mark and blank last lines; refuses what is empty", () => {
    const parts = [...streamCsv(fileOf("\uFEFFa\n1\n2\n\n \n"), { chunkBytes: 3 })];
    expect(joined(parts)).toEqual({ a: [1, 2] });
    expect(failure("", 10).message).toContain("data.csv is empty");
    expect(failure("a,b\n", 3).message).toContain("has a header but no data: 0 rows");
  });

  it("refuses files that are not there or not UTF-8", () => {
    const missing = thrown(DataError, () => [...streamCsv(join(folder, "date.csv"))]);
    expect(missing.message).toContain("streamCsv: there is no file");
    expect(missing.fix).toContain("data.csv");
    writeFileSync(join(folder, "latin.csv"), Uint8Array.of(0x61, 0x0a, 0xe9));
    expect(() => [...streamCsv(join(folder, "latin.csv"))]).toThrow(/is not UTF-8/);
  });
});

it("readCsv says with bytes what it will not hold, and what will", () => {
  const error = thrown(DataError, () => readCsv(homes, { maxBytes: 1000 }));
  expect(error.message).toMatch(/as a whole would take \d+ bytes, and the limit is 1000/);
  expect(error.fix).toContain("streamCsv");
});
