// JSON knows no NaN, no infinities and no −0: they are written as { "number": "NaN" }.

const names = new Map<number, string>([
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "Infinity"],
  [Number.NEGATIVE_INFINITY, "-Infinity"],
]);

/** The JSON of plain data, from which `parseExact` makes the same numbers to the bit. */
export const stringifyExact = (value: unknown): string =>
  JSON.stringify(value, (_, part) => {
    if (typeof part !== "number") return part;
    const name = Object.is(part, -0) ? "-0" : names.get(part);
    return name === undefined ? part : { number: name };
  });

/** Reads what `stringifyExact` wrote. */
export const parseExact = (text: string): unknown =>
  JSON.parse(text, (_, part) => {
    const isMarked = typeof part === "object" && part !== null && Object.keys(part).length === 1;
    return isMarked && typeof part.number === "string" ? Number(part.number) : part;
  });
