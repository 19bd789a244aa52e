import { DataError } from "./data-error.js";

/**
 * Refuses quotes that the parser would read past: one inside an unquoted field, one that is never
 * closed, text after a closing one. The error says where the quote opened. Only the quotes are
 * visited, so text without any costs one search.
 */
export function checkQuotes(text: string, delimiter: string, source: string): void {
  const isBoundary = (at: number) =>
    at < 0 || at >= text.length || [delimiter, "\n", "\r"].includes(text[at]!);
  for (let open = text.indexOf('"'); open >= 0; ) {
    if (!isBoundary(open - 1)) throw quoteError(text, open, source, "stands inside a field");
    const close = closingQuote(text, open);
    if (close < 0) throw quoteError(text, open, source, "opened here is never closed");
    if (!isBoundary(close + 1)) {
      const after = JSON.stringify(text[close + 1]);
      throw quoteError(
        text,
        open,
        source,
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

function quoteError(text: string, at: number, source: string, problem: string): DataError {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  const [line, position] = [lines.length, lines.at(-1)!.length + 1];
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
