import { OURS } from "../harness/names.js";
import type { Row, Section } from "../harness/result.js";
import { median } from "../harness/statistics.js";
import { runChild } from "./child.js";

interface CompileTime {
  readonly first: number;
  readonly steady: number;
}

const PROCESSES = 5;

/** Medians over processes that start cold: tracing and compiling are JavaScript, not yet warm. */
function measure(id: string, name: string): CompileTime {
  const runs = Array.from({ length: PROCESSES }, () =>
    runChild<CompileTime>("compile-process", id, name),
  );
  const of = (field: keyof CompileTime) => median(runs.map((run) => run[field]));
  return { first: of("first"), steady: of("steady") };
}

/** From the first call of a compiled step to its result, and until it is as fast as it gets. */
export const compileTime: Section = {
  id: "compile",
  title: "compile time",
  async run() {
    const w3 = measure("W3", OURS);
    const w4 = measure("W4", OURS);
    const row = (title: string, value: number, target: number, stretch?: number): Row => ({
      id: "compile",
      title,
      subject: OURS,
      unit: "ms",
      value,
      target,
      stretch,
    });
    const rows = [
      row("W3, trace to first result", w3.first, 30, 15),
      row("W3, trace to steady speed", w3.steady, 80, 40),
      row("W4, trace to first result", w4.first, 60),
    ];
    return { timings: theirs(), rows };
  },
};

function theirs() {
  try {
    const { first } = measure("W4", "jax-js");
    return [{ name: "jax-js, W4, first result", ms: first, spread: Number.NaN, apart: undefined }];
  } catch {
    console.log("  jax-js: its compile time could not be measured, skipped");
    return [];
  }
}
