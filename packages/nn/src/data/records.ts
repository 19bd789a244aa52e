const [QUOTE, LINE_FEED, CARRIAGE_RETURN] = [34, 10, 13];

/** Where the first record of a CSV text ends, line end included; its length if it goes on. */
export function firstRecordEnd(text: string): number {
  for (const { end } of recordsOf(text)) return end;
  return text.length;
}

/**
 * Where the last whole record ends that is not blank; 0 if there is none. Blank lines after it are
 * left for what follows, which decides whether they end the file.
 */
export function lastRecordEnd(text: string): number {
  let last = 0;
  for (const { start, end } of recordsOf(text)) {
    if (text.slice(start, end).trim() !== "") last = end;
  }
  return last;
}

export const countLineEnds = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** The records that end within the text: at a line end that stands in no quotes. */
function* recordsOf(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let isQuoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) isQuoted = !isQuoted;
    if (isQuoted || (code !== LINE_FEED && code !== CARRIAGE_RETURN)) continue;
    // What follows a carriage return decides whether the line end is over.
    if (code === CARRIAGE_RETURN && (i + 1 === text.length || text.charCodeAt(i + 1) === LINE_FEED))
      continue;
    yield { start, end: i + 1 };
    start = i + 1;
  }
}
