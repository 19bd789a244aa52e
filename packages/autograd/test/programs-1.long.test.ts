import { test } from "vitest";
import { checkPrograms } from "./support/programs/checks.js";

// Ten thousand in all, in two files: each has a worker of its own.
test(
  "five thousand random programs are the same in every way to run them",
  {
    timeout: 2_400_000,
  },
  () => checkPrograms({ numRuns: 5000, seed: 20260102 }),
);
