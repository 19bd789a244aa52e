import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type CsvOptions, parseCsv } from "./csv.js";
import { DataError } from "./data-error.js";
import { nearest } from "./nearest.js";
import type { ColumnKinds, Table } from "./table.js";

/**
 * Reads a table from a CSV file in UTF-8; see `parseCsv`. Relative paths start at the working
 * directory, `new URL("data.csv", import.meta.url)` beside the program. A missing file is a
 * DataError with the full path that was tried.
 */
export function readCsv<const C extends ColumnKinds = ColumnKinds>(
  path: string | URL,
  options: CsvOptions<C> = {},
): Table<C> {
  const full = typeof path === "string" ? resolve(path) : fileURLToPath(path);
  return parseCsv(readText(full), { source: basename(full), ...options });
}

function readText(path: string): string {
  if (!existsSync(path)) {
    throw new DataError("readCsv", `there is no file ${path}`, { value: path, fix: findFix(path) });
  }
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const fix = reason === "EISDIR" ? "name a file, not a folder" : "check the rights to the file";
    throw new DataError("readCsv", `${path} cannot be read: ${reason}`, { value: path, fix });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DataError("readCsv", `${path} is not UTF-8 text`, {
      value: path,
      fix: "save it as UTF-8, or decode it and call parseCsv",
    });
  }
}

function findFix(path: string): string {
  const folder = dirname(path);
  if (!existsSync(folder)) return `the folder ${folder} does not exist either`;
  const similar = nearest(basename(path), readdirSync(folder));
  return similar ? `did you mean ${resolve(folder, similar)}?` : `see what is in ${folder}`;
}
