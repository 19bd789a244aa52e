/**
 * `npm run fuzz -- --runs 10000 [--seed n] [--path p]` runs random programs in every way that there
 * is, and prints the smallest one that differs, with the seed and path that draw it again.
 */
import { parseArgs } from "node:util";
import { check, property, toStringMethod } from "fast-check";
import { checkProgram, type Outcome } from "../test/support/programs/checks.js";
import { programs } from "../test/support/programs/program.js";

const { values } = parseArgs({
  options: { runs: { type: "string" }, seed: { type: "string" }, path: { type: "string" } },
});
const outcomes: Record<Outcome, number> = { checked: 0, refused: 0, rough: 0 };
const result = check(
  property(programs, (program) => {
    const outcome = checkProgram(program);
    outcomes[outcome] += 1;
  }),
  {
    numRuns: Number(values.runs ?? 1000),
    seed: Number(values.seed ?? Math.floor(Math.random() * 2 ** 31)),
    ...(values.path !== undefined && { path: values.path }),
  },
);
const { checked, refused, rough } = outcomes;
const kinds = `${checked} with gradients, ${rough} without, ${refused} refused`;
console.log(`seed ${result.seed}: ${result.numRuns} programs (${kinds})`);
if (result.failed) {
  const [program] = result.counterexample!;
  console.log(`failed; again with --seed ${result.seed} --path ${result.counterexamplePath}\n`);
  console.log(String((program as unknown as Record<symbol, () => string>)[toStringMethod]!()));
  console.log(`\n${result.errorInstance}`);
  process.exitCode = 1;
}
