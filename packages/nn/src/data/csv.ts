import { dsvFormat } from "d3-dsv";
import { isMissing, type NumberStyle, numberFix, readNumber } from "./cell.js";
import { DataError } from "./data-error.js";
import { nearest } from "./nearest.js";
import { checkQuotes } from "./quotes.js";
import { countLineEnds } from "./records.js";
import type { ColumnKind, ColumnKinds, Table } from "./table.js";

export interface CsvOptions<C extends ColumnKinds = ColumnKinds> {
  /**
   * The columns to read and what they hold. Without it all are read, and the first row decides: a
   * number there makes a "number" column, to which every later row is held.
   */
  readonly columns?: C;
  /** What separates fields: one character, a comma by default. */
  readonly delimiter?: string;
  /** What separates the fraction of a number: a point by default. */
  readonly decimal?: "." | ",";
  /** What stands for "no value" in an "optional" column besides an empty cell, as ["NA"]. */
  readonly missing?: readonly string[];
  /** What errors call the text: the name of its file. */
  readonly source?: string;
}

/**
 * Reads a table from delimiter-separated text with a header row (RFC 4180): numbers as
 * Float64Array, text as strings. A byte order mark, any line ends and blank last lines are
 * accepted; whatever else is odd is a DataError with the line, the column and the text there.
 */
export function parseCsv<const C extends ColumnKinds = ColumnKinds>(
  text: string,
  options: CsvOptions<C> = {},
): Table<C> {
  return parsePart(text, options, { lines: 0, rows: 0 });
}

/** How much of a file lies before a part of it: what errors add to their numbers. */
export interface Before {
  readonly lines: number;
  readonly rows: number;
}

/** Reads a part of a file, with the header row in front. */
export function parsePart<const C extends ColumnKinds>(
  text: string,
  options: CsvOptions<C>,
  before: Before,
): Table<C> {
  const { delimiter = ",", source = "the CSV text" } = options;
  checkDelimiter(delimiter);
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  checkQuotes(content, { delimiter, source, linesBefore: before.lines });
  const records: Records = dsvFormat(delimiter).parseRows(content);
  while (records.length > 1 && isBlank(records.at(-1)!)) records.pop();
  const file = { source, delimiter, records, header: headerOf(records, source), before };
  checkLengths(file);
  const style = { decimal: options.decimal ?? ".", missing: options.missing ?? [] };
  const kinds: ColumnKinds = options.columns ?? guessKinds(file, style);
  const columns = Object.entries(kinds).map(([name, kind]) => {
    const at = indexOfColumn(file, name);
    return [name, readColumn(file, at, kind, style)] as const;
  });
  return { rows: records.length - 1, columns: Object.fromEntries(columns) } as Table<C>;
}

type Records = readonly string[][] & { pop(): unknown };

interface File {
  readonly source: string;
  readonly delimiter: string;
  readonly before: Before;
  /** The header and then the rows. */
  readonly records: Records;
  readonly header: readonly string[];
}

const isBlank = (record: readonly string[]) => record.length === 1 && record[0]!.trim() === "";

function checkDelimiter(delimiter: string): void {
  if (delimiter.length === 1 && !'"\r\n'.includes(delimiter)) return;
  throw new DataError("parseCsv", `${JSON.stringify(delimiter)} cannot be a delimiter`, {
    value: delimiter,
    fix: 'use one character, such as "," or ";" or "\\t"',
  });
}

function headerOf(records: Records, source: string): string[] {
  const fail = (problem: string, fix: string, column?: string) => {
    throw new DataError("parseCsv", `${source} ${problem}`, { fix, ...(column && { column }) });
  };
  const header = (records[0] ?? [""]).map((name) => name.trim());
  if (isBlank(header)) {
    fail("is empty", "give a header row and at least one row of data");
  }
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) {
    const places = header.flatMap((name, i) => (name === twice ? [i + 1] : []));
    const where = `columns ${places.join(" and ")}`;
    fail(`has a duplicate header: ${where} are both ${JSON.stringify(twice)}`, "rename one", twice);
  }
  if (records.length === 1) {
    fail("has a header but no data: 0 rows", "give at least one row");
  }
  return header;
}

function checkLengths(file: File): void {
  const expected = file.header.length;
  const row = file.records.findIndex((record) => record.length !== expected);
  if (row < 0) return;
  const record = file.records[row]!;
  const counts = `${record.length} field${record.length === 1 ? "" : "s"}, expected ${expected}`;
  const line = lineOf(file, row);
  throw new DataError("parseCsv", `${file.source}, line ${line}: found ${counts}`, {
    line,
    fix: isBlank(record)
      ? "remove the blank line"
      : record.length < expected
        ? "add what is missing; an empty field still needs its delimiter"
        : "put a field that contains the delimiter in quotes, or say another delimiter",
  });
}

function guessKinds({ header, records }: File, style: NumberStyle): ColumnKinds {
  const isNumber = (at: number) => !Number.isNaN(readNumber(records[1]![at]!, style));
  return Object.fromEntries(header.map((name, at) => [name, isNumber(at) ? "number" : "text"]));
}

function indexOfColumn({ header, source, delimiter }: File, name: string): number {
  const at = header.indexOf(name);
  if (at >= 0) return at;
  const other = [";", "\t", "|", ","].find((d) => d !== delimiter && header[0]!.includes(d));
  const close = nearest(name, header);
  throw new DataError(
    "parseCsv",
    `${source} has no column ${JSON.stringify(name)}: its columns are ${header.join(", ")}`,
    {
      column: name,
      fix:
        header.length === 1 && other
          ? `say delimiter: ${JSON.stringify(other)}`
          : `name a column of the file${close ? `: did you mean ${JSON.stringify(close)}?` : ""}`,
    },
  );
}

function readColumn(
  file: File,
  at: number,
  kind: ColumnKind,
  style: NumberStyle,
): Float64Array | string[] {
  const rows = file.records.length - 1;
  const cell = (row: number) => file.records[row + 1]![at]!;
  if (kind === "text") return Array.from({ length: rows }, (_, row) => cell(row));
  if (kind === "optional text") {
    const known = (text: string) => (isMissing(text, style) ? "" : text);
    return Array.from({ length: rows }, (_, row) => known(cell(row)));
  }
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    values[row] = readNumber(cell(row), style);
    if (!Number.isNaN(values[row])) continue;
    if (kind === "optional number" && isMissing(cell(row), style)) continue;
    throw cellError(file, row, at, style);
  }
  return values;
}

function cellError(file: File, row: number, at: number, style: NumberStyle): DataError {
  const text = file.records[row + 1]![at]!;
  const name = file.header[at]!;
  const line = lineOf(file, row + 1);
  const found = text.trim() === "" ? "the cell is empty" : `${JSON.stringify(text)} is no number`;
  const problem = `${file.source}, line ${line}, column ${JSON.stringify(name)}: ${found}`;
  const fix = numberFix(text, name, style);
  const place = { line, row: file.before.rows + row, column: name };
  return new DataError("parseCsv", problem, { ...place, value: text, fix });
}

/** The line on which a record begins: quoted fields before it may hold line ends of their own. */
function lineOf({ records, before }: File, record: number): number {
  const fields = records.slice(0, record).flat();
  const within = fields.reduce((count, text) => count + countLineEnds(text), 0);
  return before.lines + 1 + record + within;
}
