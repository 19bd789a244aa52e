import { describe, expect, test } from "vitest";
import { NeuriteError } from "../../src/index.js";
import { expectError } from "./expect-error.js";

/** What a user can do wrong, and what the error has to tell. */
export interface Mistake {
  readonly does: string;
  readonly run: () => unknown;
  readonly name: string;
  readonly op: string;
  readonly says: readonly string[];
  /** Part of the way out. */
  readonly fix: string;
  readonly fields?: object;
}

/** A value that the compiler would refuse. */
export const untyped = (value: unknown) => value as never;

/** Makes each mistake, and reads its error: the fields, the text, the line. */
export function expectErrors(title: string, mistakes: readonly Mistake[]): void {
  describe(`${title}: who`, () => {
    test.each(mistakes.map((mistake) => [mistake.does, mistake] as const))("%s", (_, mistake) => {
      const { run, name, op, says, fix, fields = {} } = mistake;
      const error = expectError(run, { name, op, ...fields }, ...says);
      expect(error).toBeInstanceOf(NeuriteError);
      expect(error.message.startsWith(`${op}: `)).toBe(true);
      expect(error.fix).toContain(fix);
      expect(error.message).toContain(`\n  fix: ${error.fix}`);
      expect(error.site).toMatch(/error-catalogue\/[\w-]+\.test\.ts:\d+:\d+$/);
      expect(error.message).toContain(`recorded at ${error.site}`);
    });
  });
}
