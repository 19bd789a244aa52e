import { showNumber } from "../inspect/describe.js";
import type { Laps } from "./stopwatch.js";

/** A kernel, a call of JavaScript or a copy. Numbers are those of one run of it. */
export interface TaskReport {
  readonly kind: "kernel" | "host" | "copy";
  /** What it computes: its ops, and how many of each. */
  readonly title: string;
  /** The path of the module that it comes from; that of a derivative is that of its op. */
  readonly scope: string;
  /** The function that it is in `wat()`, if it is one. */
  readonly function: string | undefined;
  /** Why it runs in JavaScript, if it does. */
  readonly reason: string | undefined;
  /** What it reads and writes, as in "[2, 3] [3, 4] → [2, 4]". */
  readonly shapes: string;
  /** How often it runs in a call: several times within a loop. */
  readonly runs: number;
  /** Floating-point operations; those of a function such as tanh count as one. */
  readonly flops: number;
  /** Bytes of all that it reads and writes, each counted once. */
  readonly bytes: number;
  /** Measured on one thread. */
  readonly seconds: number;
}

/** What an engine tells of a graph that it runs. */
export interface Report {
  /** In the order in which they run. */
  readonly tasks: readonly TaskReport[];
  /** Bytes of memory: for what lies between arguments and results, for constants, for variables. */
  readonly memory: Readonly<Record<"arena" | "constants" | "variables", number>>;
  readonly module: { readonly bytes: number; readonly functions: number };
  readonly milliseconds: Laps;
}

/** What a compiled function does and how long it takes: in numbers, and as a text. */
export class Explanation implements Report {
  readonly tasks: Report["tasks"];
  readonly memory: Report["memory"];
  readonly module: Report["module"];
  /** What was spent on making it ready, by stage. */
  readonly milliseconds: Laps & { readonly trace: number };

  constructor(
    { tasks, memory, module, milliseconds }: Report,
    /** How often the function was called with this signature. */
    readonly calls: number,
    trace: number,
  ) {
    this.tasks = tasks;
    this.memory = memory;
    this.module = module;
    this.milliseconds = { trace, ...milliseconds };
  }

  /** How long all tasks take, one after the other on one thread. */
  get seconds(): number {
    return sum(this.tasks, "seconds");
  }

  toString(): string {
    const { memory, module, calls, milliseconds, tasks, seconds } = this;
    const total = Object.values(milliseconds).reduce((all, own) => all + own, 0);
    const stages = Object.entries(milliseconds).map(([stage, ms]) => `${stage} ${showNumber(ms)}`);
    const stores = Object.entries(memory).map(([name, size]) => `${name} ${showBytes(size)}`);
    const all = { flops: sum(tasks, "flops"), bytes: sum(tasks, "bytes"), seconds };
    const hosted = tasks.filter(({ kind }) => kind === "host");
    const lines = [
      `a call    ${showTime(seconds)} in ${tasks.length} tasks, ${showRates(all)}; ${calls} so far`,
      `made in   ${showNumber(total)} ms: ${stages.join(", ")}`,
      `module    ${showBytes(module.bytes)}, ${module.functions} functions`,
      `memory    ${stores.join(", ")}`,
      ...hosted.map(({ title, reason }) => `in JavaScript: ${title} (${reason})`),
    ];
    return [...lines, "", ...tableOf(tasks, seconds)].join("\n");
  }
}

const sum = (tasks: readonly TaskReport[], what: "seconds" | "flops" | "bytes"): number =>
  tasks.reduce((all, task) => all + task[what] * task.runs, 0);

/** The longest first; tasks of one function on the same shapes, as in equal layers, are one row. */
function tableOf(tasks: readonly TaskReport[], seconds: number): string[] {
  const alike = new Map<string, TaskReport[]>();
  for (const task of tasks) {
    const key = [task.title, task.shapes, task.function].join();
    alike.set(key, [...(alike.get(key) ?? []), task]);
  }
  const groups = [...alike.values()].map((group) => {
    const runs = group.reduce((all, task) => all + task.runs, 0);
    return { group, runs, seconds: sum(group, "seconds") };
  });
  const rows = groups
    .sort((a, b) => b.seconds - a.seconds)
    .map(({ group, runs, ...own }): string[] => {
      const [task] = group as [TaskReport];
      const [flops, bytes] = [sum(group, "flops"), sum(group, "bytes")];
      const one = showTime(own.seconds / runs);
      const others = new Set(group.map(({ scope }) => scope)).size - 1;
      return [
        `${((100 * own.seconds) / seconds).toFixed(1)} %`,
        runs > 1 ? `${runs} x ${one}` : one,
        ...rates({ flops, bytes, ...own }).map(showRate),
        others > 0 ? `${task.scope} and ${others} more` : task.scope,
        task.title,
        task.shapes,
        task.function ?? (task.kind === "host" ? "JavaScript" : "memory.copy"),
      ];
    });
  const head = ["share", "time", "GFLOP/s", "GB/s", "module", "task", "shapes", "function"];
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  const cell = (text: string, i: number) =>
    i < 4 ? text.padStart(widths[i]!) : text.padEnd(widths[i]!);
  return all.map((row) => row.map(cell).join("  ").trimEnd());
}

type Work = Pick<TaskReport, "flops" | "bytes" | "seconds">;

/** In 10⁹ a second. */
const rates = ({ flops, bytes, seconds }: Work): number[] =>
  [flops, bytes].map((count) => count / seconds / 1e9);

const showRate = (rate: number): string => (rate > 0 && rate < Infinity ? rate.toFixed(1) : "");

const showRates = (work: Work): string => {
  const [flops, bytes] = rates(work).map(showRate);
  return `${flops} GFLOP/s, ${bytes} GB/s`;
};

function showTime(seconds: number): string {
  const units = [
    ["s", 1],
    ["ms", 1e-3],
    ["µs", 1e-6],
  ] as const;
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? (["ns", 1e-9] as const);
  return `${showNumber(Number((seconds / size).toPrecision(3)))} ${unit}`;
}

function showBytes(bytes: number): string {
  const units = [
    ["MB", 1e6],
    ["kB", 1e3],
  ] as const;
  const [unit, size] = units.find(([, size]) => bytes >= size) ?? (["bytes", 1] as const);
  return `${showNumber(Number((bytes / size).toPrecision(3)))} ${unit}`;
}
