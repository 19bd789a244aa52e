import { describe, expect, test } from "vitest";
import { mutantsOf } from "./support/mutants.js";
import { primitives } from "./support/records.js";

describe.each(primitives)("the record of $name", (known) => {
  test("catches every rule with one step wrong", () => {
    const survivors = mutantsOf(known, { steps: true }).filter((mutant) => !mutant.isCaught());
    expect(survivors.map(({ title }) => title)).toEqual([]);
  });
});
