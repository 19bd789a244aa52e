import { NeuriteError } from "@neurite/autograd";
import { describe, expect, test } from "vitest";
import type { Mistake } from "../../../autograd/test/support/catalogue.js";

/** Makes each mistake, at once or in a promise, and reads its error: fields, text and line. */
export function expectMistakes(title: string, mistakes: readonly Mistake[]): void {
  describe(`${title}: who`, () => {
    test.each(mistakes.map((mistake) => [mistake.does, mistake] as const))(
      "%s",
      async (_, { run, name, op, says, fix, fields = {} }) => {
        const error = await errorOf(run);
        expect(error).toMatchObject({ name, op, ...fields });
        for (const part of [`${op}: `, ...says]) expect(error.message).toContain(part);
        expect(error.fix).toContain(fix);
        expect(error.message).toContain(`\n  fix: ${error.fix}`);
        expect(error.site).toMatch(/nn\/test\/[\w./-]+\.ts:\d+:\d+$/);
        expect(error.message).toContain(`recorded at ${error.site}`);
      },
    );
  });
}

async function errorOf(run: () => unknown): Promise<NeuriteError> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(NeuriteError);
    return error as NeuriteError;
  }
  throw new Error("nothing was thrown");
}
