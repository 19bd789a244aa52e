import { type ErrorFacts, NeuriteError } from "./errors.js";

/** The functions that have warned in this process; a test that waits for a warning clears it. */
export const warned = new Set<string>();

/** Prints a warning in the form of an error. */
export function warn(op: string, problem: string, facts: ErrorFacts): void {
  console.warn(`warning: ${new NeuriteError(op, problem, facts).message}`);
}

/** Prints a warning the first time that the function has one. */
export function warnOnce(op: string, problem: string, fix: string): void {
  if (warned.has(op)) return;
  warned.add(op);
  warn(op, problem, { fix });
}
