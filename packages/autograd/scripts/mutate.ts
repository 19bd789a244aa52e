/**
 * `npm run mutate [-- name …]` gets every rule of every op wrong, one step at a time, and looks
 * whether the op's record notices. Prints made and caught by op; fails if a mutant survives.
 */
import { mutantsOf } from "../test/support/mutants.js";
import { compositions, primitives } from "../test/support/records.js";

const names = process.argv.slice(2);
let made = 0;
let survived = 0;
for (const known of [...primitives, ...compositions]) {
  if (names.length > 0 && !names.includes(known.name)) continue;
  const mutants = mutantsOf(known, { steps: true });
  if (mutants.length === 0) continue;
  const survivors = mutants.filter((mutant) => !mutant.isCaught());
  made += mutants.length;
  survived += survivors.length;
  const caught = mutants.length - survivors.length;
  console.log(
    `${known.name.padEnd(20)} ${String(mutants.length).padStart(4)} made, ${caught} caught`,
  );
  for (const { title } of survivors) console.log(`  survived: ${title}`);
}
console.log(`${made} made, ${made - survived} caught`);
if (survived > 0) process.exitCode = 1;
