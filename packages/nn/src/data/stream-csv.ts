import { closeSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { type Before, type CsvOptions, parseCsv, parsePart } from "./csv.js";
import { filePath, notUtf8 } from "./file.js";
import { countLineEnds, firstRecordEnd, lastRecordEnd } from "./records.js";
import type { ColumnKinds, Table } from "./table.js";

export interface StreamCsvOptions<C extends ColumnKinds = ColumnKinds> extends CsvOptions<C> {
  /** How many bytes of the file are read at a time; 1 MiB by default. */
  readonly chunkBytes?: number;
}

/** The longest record: a quote that is never closed would go on to the end of the file. */
const LONGEST_RECORD = 2 ** 26;

/**
 * Reads a CSV file of any size part by part, each a table of whole rows: see `readCsv`. Errors
 * count lines and rows from the beginning of the file. Where no columns are declared, the first row
 * of the file decides what they hold. With a `StreamLoader` it trains on what no memory holds.
 */
export function* streamCsv<const C extends ColumnKinds = ColumnKinds>(
  path: string | URL,
  { chunkBytes = 2 ** 20, ...options }: StreamCsvOptions<C> = {},
): Generator<Table<C>> {
  const full = filePath("streamCsv", path);
  const own: CsvOptions<C> = { source: basename(full), ...options };
  let header: string | undefined;
  let columns = options.columns;
  let before: Before = { lines: 0, rows: 0 };
  for (const part of wholeRecords(textOf(full, chunkBytes))) {
    const start = header === undefined ? firstRecordEnd(part) : 0;
    header ??= part.slice(0, start);
    const rows = part.slice(start);
    if (rows.trim() === "") continue;
    const table = parsePart(header + rows, { ...own, ...(columns && { columns }) }, before);
    yield table;
    columns ??= kindsOf(table) as C;
    before = { lines: before.lines + countLineEnds(rows), rows: before.rows + table.rows };
  }
  // Says what an empty file lacks.
  if (before.rows === 0) parseCsv(header ?? "", own);
}

/** The text of a file, piece by piece. */
function* textOf(path: string, chunkBytes: number): Generator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      throw notUtf8("streamCsv", path);
    }
  };
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(chunkBytes);
    for (let count = readSync(file, bytes); count > 0; count = readSync(file, bytes)) {
      yield decode(bytes.subarray(0, count), true);
    }
    yield decode(new Uint8Array(0), false);
  } finally {
    closeSync(file);
  }
}

/** The same text in pieces that end where a record does. */
function* wholeRecords(pieces: Iterable<string>): Generator<string> {
  let rest = "";
  for (const piece of pieces) {
    rest += piece;
    const end = rest.length > LONGEST_RECORD ? rest.length : lastRecordEnd(rest);
    if (end === 0) continue;
    yield rest.slice(0, end);
    rest = rest.slice(end);
  }
  if (rest.trim() !== "") yield rest;
}

const kindsOf = ({ columns }: Table): ColumnKinds =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      column instanceof Float64Array ? "number" : "text",
    ]),
  );
