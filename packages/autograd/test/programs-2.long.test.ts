import { test } from "vitest";
import { checkPrograms } from "./support/programs/checks.js";

test(
  "five thousand other random programs are the same in every way to run them",
  {
    timeout: 2_400_000,
  },
  () => checkPrograms({ numRuns: 5000, seed: 20260103 }),
);
