import { expect } from "vitest";
import type { NeuriteError } from "../../src/index.js";
import { errorOf } from "./checks.js";

/** The error of a call, which must state some facts: in its fields, and in its text. */
export function expectError(run: () => unknown, facts: object, ...says: string[]): NeuriteError {
  const error = errorOf(run) as NeuriteError;
  expect(error).toMatchObject(facts);
  for (const part of says) expect(error.message).toContain(part);
  return error;
}
