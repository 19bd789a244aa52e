import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { type CsvOptions, parseCsv } from "./csv.js";
import { filePath, notReadable, notUtf8 } from "./file.js";
import { checkBytes } from "./memory.js";
import type { ColumnKinds, Table } from "./table.js";

export interface ReadCsvOptions<C extends ColumnKinds = ColumnKinds> extends CsvOptions<C> {
  /** The largest file to read as a whole; 512 MiB by default, about the longest text there is. */
  readonly maxBytes?: number;
}

/**
 * Reads a table from a CSV file in UTF-8; see `parseCsv`. Relative paths start at the working
 * directory, `new URL("data.csv", import.meta.url)` beside the program. A missing file is a
 * DataError with the full path that was tried, one that is too large to hold one with its bytes.
 */
export function readCsv<const C extends ColumnKinds = ColumnKinds>(
  path: string | URL,
  { maxBytes = 2 ** 29 - 2 ** 10, ...options }: ReadCsvOptions<C> = {},
): Table<C> {
  const full = filePath("readCsv", path);
  checkBytes("readCsv", `reading ${full} as a whole`, {
    bytes: statSync(full).size,
    limit: maxBytes,
    fix: "read it part by part: streamCsv(path), with a StreamLoader to train from",
  });
  return parseCsv(readText(full), { source: basename(full), ...options });
}

function readText(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw notReadable("readCsv", path, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8("readCsv", path);
  }
}
