import { assert, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { failures } from "./programs.seeds.js";
import { checkProgram, type Outcome } from "./support/programs/checks.js";
import { programs } from "./support/programs/program.js";

// Random programs, each run at once, traced and replayed, written and read, for two examples
// together, against an interpreter in plain numbers, and its gradient against differences.
// `npm run fuzz` runs more of them.

describe("random programs", () => {
  test("are the same in every way to run them", { timeout: 120_000 }, () => {
    const outcomes: Record<Outcome, number> = { checked: 0, refused: 0, rough: 0 };
    const law = property(programs, (program) => {
      outcomes[checkProgram(program)] += 1;
    });
    assert(law, { numRuns: 300, seed: 20260101 });
    // Of too many that are refused or have no slope, little would be known.
    expect(outcomes.checked).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(10);
  });

  for (const { seed, path, why } of failures) {
    test(`${why} (seed ${seed}, path ${path})`, () => {
      assert(
        property(programs, (program) => void checkProgram(program)),
        { seed, path },
      );
    });
  }
});
