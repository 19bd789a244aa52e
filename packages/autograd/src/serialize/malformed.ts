import { ValueError } from "../errors.js";

// What a file has to be, as questions whose answer is the value or an error.

/** The error of a file that is not what `serialize` writes. */
export const malformed = (problem: string, facts: { fix?: string; cause?: unknown } = {}) =>
  new ValueError("deserialize", problem, {
    fix: "the file is damaged, or no graph of neurite: write it again with serialize",
    ...facts,
  });

const wrong = (value: unknown, what: string, expected: string) => {
  const text = value === undefined ? "missing" : (JSON.stringify(value) ?? typeof value);
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return malformed(`${what} is ${shown}, expected ${expected}`);
};

/** An object whose fields are looked at one by one: none is ever written or inherited. */
export function fieldsOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw wrong(value, what, "an object");
}

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrong(value, what, "a list");
}

/** An integer of at least 0 and, with `bound`, less than that. */
export function countOf(value: unknown, what: string, bound = Number.MAX_SAFE_INTEGER): number {
  if (isCount(value) && value < bound) return value;
  const limit = bound === Number.MAX_SAFE_INTEGER ? "" : ` less than ${bound}`;
  throw wrong(value, what, `an integer of at least 0${limit && ` and${limit}`}`);
}

export function textOf(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw wrong(value, what, "a text");
}

export function flagOf(value: unknown, what: string): boolean {
  if (typeof value === "boolean") return value;
  throw wrong(value, what, "true or false");
}

export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
