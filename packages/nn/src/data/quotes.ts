import { DataError } from "./data-error.js";

interface QuotedFile {
  readonly delimiter: string;
  readonly source: string;
  /** How many lines lie before the text, if it is a part. */
  readonly linesBefore: number;
}

/**
 * Refuses quotes that the parser would read past: one inside an unquoted field, one that is never
 * closed, text after a closing one. The error says where the quote opened. Only the quotes are
 * visited, so text without any costs one search.
 */
export function checkQuotes(text: string, file: QuotedFile): void {
  const { delimiter } = file;
  const isBoundary = (at: number) =>
    at < 0 || at >= text.length || [delimiter, "\n", "\r"].includes(text[at]!);
  for (let open = text.indexOf('"'); open >= 0; ) {
    if (!isBoundary(open - 1)) throw quoteError(text, open, file, "stands inside a field");
    const close = closingQuote(text, open);
    if (close < 0) throw quoteError(text, open, file, "opened here is never closed");
    if (!isBoundary(close + 1)) {
      const after = JSON.stringify(text[close + 1]);
      throw quoteError(
        text,
        open,
        file,
        `opened here is closed before the field ends, at ${after}`,
      );
    }
    open = text.indexOf('"', close + 1);
  }
}

/** Where the field that opens at `open` closes; a doubled quote is a quote within it. */
function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function quoteError(text: string, at: number, file: QuotedFile, problem: string): DataError {
  const { source, linesBefore } = file;
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  const [line, position] = [linesBefore + lines.length, lines.at(-1)!.length + 1];
  return new DataError(
    "parseCsv",
    `${source}, line ${line}, column ${position}: the quote ${problem}`,
    {
      line,
      position,
      fix: 'put the whole field in quotes, and double a quote within it: "6"" pipe"',
    },
  );
}
