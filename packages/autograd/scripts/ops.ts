/**
 * `npm run ops [-- name …]` walks every record and prints what was found, a row for each op and
 * each public function made of them. Fails if a check fails, a sample is missing or a mutant lives.
 *
 * Errors are |a − b| / max(1, |b|), the worst of all samples: of values against the reference; of
 * derivatives of order 1 and 2 and of jvp against central differences, which are themselves good to
 * 1e-8 or so. Mutants: wrong rules that were noticed, of those that were made. Compiled: what the
 * engine makes of the op; unsupported ones are called in JavaScript.
 */
import { type Lowering, lowerings } from "../src/compile/lower/table.js";
import { checkError, checkFloat32, checkSpecial, checkValue } from "../test/support/checks.js";
import { checkDerivatives, checkDirection } from "../test/support/derivatives.js";
import { mutantsOf } from "../test/support/mutants.js";
import { compositions, each, type Known, primitives, smooth } from "../test/support/records.js";
import { checkLanes, checkLanesOfGradients } from "../test/support/vmapped.js";

const columns = [
  "op",
  "samples",
  "value",
  "order 1",
  "order 2",
  "jvp",
  "vmap",
  "mutants",
  "compiled",
] as const;
const widths = [20, 8, 9, 9, 9, 9, 6, 10, 12];

type Row = readonly string[];

const print = (row: Row): void =>
  console.log(
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(" "),
  );

const worst = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b), 0);
const show = (error: number): string => (error === 0 ? "0" : error.toExponential(1));

const problems: string[] = [];
let made = 0;
let caught = 0;
let samples = 0;
const errors = { value: 0, first: 0, second: 0, jvp: 0 };

/** What a check found, or that it failed. */
function attempt<T>(name: string, check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    problems.push(`${name}: ${(error as Error).message}`);
    return undefined;
  }
}

function rowOf(known: Known): Row {
  const { name, record, op } = known;
  const { specials, differentiable } = record;
  const all = [...record.samples, ...specials];
  samples += all.length;
  if (record.samples.length < 20) problems.push(`${name}: only ${record.samples.length} samples`);

  const value = attempt(name, () => worst(each(record.samples, checkValue)));
  const hasOwnFloat32 = op?.single !== undefined;
  attempt(name, () => each(record.samples, (s) => checkFloat32(s, record, hasOwnFloat32)));
  attempt(name, () => each(specials, checkSpecial));
  attempt(name, () => each(record.errors, (error) => checkError(error, name)));
  const derivatives = attempt(name, () =>
    differentiable ? each(smooth(record), checkDerivatives) : [],
  );
  const jvp = attempt(name, () =>
    differentiable ? worst(each(smooth(record), checkDirection)) : 0,
  );
  const lanes = attempt(name, () => {
    each(all, checkLanes);
    if (differentiable) each(record.samples, checkLanesOfGradients);
    return "=";
  });
  const mutants = mutantsOf(known, { steps: true });
  const survivors = mutants.filter((mutant) => !mutant.isCaught());
  for (const { title } of survivors) problems.push(`${name}: a mutant lives: ${title}`);
  made += mutants.length;
  caught += mutants.length - survivors.length;

  const first = derivatives && worst(derivatives.map(({ first }) => first));
  const second = derivatives && worst(derivatives.map(({ second }) => second));
  errors.value = Math.max(errors.value, value ?? 0);
  errors.first = Math.max(errors.first, first ?? 0);
  errors.second = Math.max(errors.second, second ?? 0);
  errors.jvp = Math.max(errors.jvp, jvp ?? 0);
  const cell = (error: number | undefined) => (error === undefined ? "FAILED" : show(error));
  const slope = (error: number | undefined) => (differentiable ? cell(error) : "-");
  return [
    name,
    String(all.length),
    cell(value),
    slope(first),
    slope(second),
    slope(jvp),
    lanes ?? "FAILED",
    mutants.length === 0 ? "-" : `${mutants.length - survivors.length}/${mutants.length}`,
    op ? loweringOfName(name) : "-",
  ];
}

function loweringOfName(name: string): string {
  const lowering: Lowering = lowerings[name as keyof typeof lowerings];
  return typeof lowering === "string" ? lowering : "unsupported";
}

const names = process.argv.slice(2);
const isAsked = ({ name }: Known) => names.length === 0 || names.includes(name);
const [ops, functions] = [primitives.filter(isAsked), compositions.filter(isAsked)];
print(columns);
for (const known of ops) print(rowOf(known));
if (functions.length > 0) console.log("\ncompositions");
for (const known of functions) print(rowOf(known));
const { value, first, second, jvp } = errors;
const totals = [value, first, second, jvp].map(show);
console.log();
print(["all", String(samples), ...totals, problems.length > 0 ? "" : "=", `${caught}/${made}`]);
console.log(`${ops.length} ops and ${functions.length} compositions, none skipped`);
for (const problem of problems) console.log(problem);
if (problems.length > 0) process.exitCode = 1;
