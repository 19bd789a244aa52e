import { ValueError } from "./errors.js";

// What TypeScript tells those who use it, said to all others: in plain JavaScript, in a notebook.

/** What a value is, for an error: "a tensor", "the number 3", "nothing". */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "asTensor" in value ? "a tensor" : "an object";
  return typeof value === "function" ? "a function" : `the ${typeof value} ${String(value)}`;
}

/** Refuses what cannot be called. */
export function checkFunction(op: string, f: unknown): void {
  if (typeof f === "function") return;
  throw new ValueError(op, `expected a function, got ${kindOf(f)}`, {
    fix: "give the function itself, as in (x) => x.square().sum()",
  });
}

/** Refuses what is no list; `what` it should be a list of, and how to write it. */
export function checkList(op: string, list: unknown, what: string, fix: string): void {
  if (Array.isArray(list)) return;
  throw new ValueError(op, `expected a list of ${what}, got ${kindOf(list)}`, { fix });
}
