import { assert, property } from "fast-check";
import { test } from "vitest";
import { checkProgram } from "./support/programs/checks.js";
import { programs } from "./support/programs/program.js";

test("ten thousand random programs are the same in every way to run them", {
  timeout: 1_800_000,
}, () => {
  assert(
    property(programs, (program) => void checkProgram(program)),
    { numRuns: 10_000, seed: 20260102 },
  );
});
