import { WIDTH } from "../kernels/access.js";
import { BLOCK, type Routine, type Step, type Tape, wordsOf } from "./tape.js";

/** How many values of a step are written out, and how many terms of a sum. */
const SHOWN = 8;

/**
 * A tape line by line, cells by their places in bytes: what is given, what each step computes, what
 * is written. In front is the level: steps on one level do not depend on each other.
 */
export function printTape(tape: Tape): string {
  const constants = tape.constants.map(({ cell, value }) => `[${cell}] = ${show(value)}`);
  const lines = tape.steps.map((step) => printStep(tape, step));
  return [`constants  ${list(constants, "  ")}`, ...lines].join("\n");
}

const show = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

const list = (items: readonly string[], separator: string): string => {
  const more = items.length > SHOWN ? [`… ${items.length - SHOWN} more`] : [];
  return [...items.slice(0, SHOWN), ...more].join(separator);
};

function printStep({ program, routines }: Tape, step: Step): string {
  const routine = routines[step.routine]!;
  const indices = Array.from({ length: step.values }, (_, i) => i);
  if (routine.form === "read" || routine.form === "write") {
    const cells = indices.map((i) => `[${program[step.word + 3 + 2 * i]}]`);
    return `${routine.form} ${routine.dtype}  ${list(cells, " ")}`;
  }
  const name = routine.form === "sum" ? "sum" : routine.kind.op.name;
  const dtype = routine.form === "sum" ? routine.dtype : routine.kind.inputs;
  const title = `${step.level}  ${name} ${dtype} (${routine.modes})`;
  const lines = indices.slice(0, SHOWN + 1).map((i) => valueAt(program, routine, step, i));
  const shown = lines.slice(0, SHOWN);
  const more = lines.length > SHOWN ? [`… ${step.values - SHOWN} more`] : [];
  return [title, ...[...shown, ...more].map((line) => `   ${line}`)].join("\n");
}

type Computing = Exclude<Routine, { readonly form: "read" | "write" }>;

/** The formula of one of the values of a step. */
function valueAt(
  program: Int32Array,
  routine: Computing,
  { word, terms }: Step,
  i: number,
): string {
  const { modes } = routine;
  const isSum = routine.form === "sum";
  const dtypes = isSum ? modes.map(() => routine.dtype) : routine.kind.inputs;
  const result = isSum ? routine.dtype : routine.kind.result;
  const lane = i % BLOCK;
  const cellsFrom = (at: number): string[] => {
    let next = at;
    return modes.map((mode, column) => {
      const beside = mode === "next" ? lane * WIDTH[dtypes[column]!] : 0;
      const cell = program[mode === "any" ? next + lane : next]! + beside;
      next += wordsOf([mode]);
      return `[${cell}]`;
    });
  };
  const target = `[${program[word + 2]! + i * WIDTH[result]}]`;
  const width = wordsOf(modes);
  const block = Math.floor(i / BLOCK);
  if (!isSum) {
    const operands = cellsFrom(word + 3 + block * width);
    return `${target} = ${routine.kind.op.name} ${operands.join(" ")}`;
  }
  const first = word + 4 + block * (BLOCK + terms * width);
  const products = Array.from({ length: terms }, (_, term) =>
    cellsFrom(first + BLOCK + term * width).join("·"),
  );
  return `${target} = ${list([`[${program[first + lane]}]`, ...products], " + ")}`;
}
