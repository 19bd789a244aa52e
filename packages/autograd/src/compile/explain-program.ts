import type { Tensor } from "../op.js";
import { showShape } from "../shape.js";
import { Buffer } from "./buffer.js";
import type { Executable } from "./executable.js";
import type { Report, TaskReport } from "./explain.js";
import { type Profile, profile } from "./explain-profile.js";
import { loweringOf } from "./lower/table.js";
import type { Task } from "./program.js";

/** Measures a program on these arguments, and says what it consists of. */
export function reportOf(executable: Executable, inputs: readonly Tensor[]): Report {
  const { graph, program, plan, bytes, milliseconds } = executable;
  executable.bind(inputs);
  const found = profile(executable);
  const cells = new Set([...graph.captures, ...graph.writes].map(({ cell }) => cell));
  const constants = buffersOf(program.tasks).filter(({ constant }) => constant);
  return {
    tasks: reports(program.tasks, 1, found),
    memory: {
      arena: plan.bytes,
      constants: total(constants),
      variables: total([...cells].map((cell) => new Buffer(cell))),
    },
    module: { bytes: bytes.length, functions: found.functions },
    milliseconds,
  };
}

function reports(tasks: readonly Task[], runs: number, found: Profile): TaskReport[] {
  return tasks.flatMap((task): TaskReport | TaskReport[] => {
    if (task.kind === "loop") return reports(task.body, runs * task.loop.length, found);
    const { kind, title, scope = "", reads, writes, flops } = task;
    const lowering = kind === "host" ? loweringOf(task) : undefined;
    return {
      kind,
      title,
      scope,
      function: kind === "kernel" ? found.functionOf(task) : undefined,
      reason: typeof lowering === "object" ? lowering.host : lowering && "not for these dtypes",
      shapes: `${showAll(reads.filter((own) => !writes.includes(own)))} → ${showAll(writes)}`,
      runs,
      flops,
      bytes: total([...new Set([...reads, ...writes])]),
      seconds: found.seconds.get(task) ?? 0,
    };
  });
}

const buffersOf = (tasks: readonly Task[]): Buffer[] => [
  ...new Set(
    tasks.flatMap((task): Buffer[] =>
      task.kind === "loop" ? buffersOf(task.body) : [...task.reads, ...task.writes].map(root),
    ),
  ),
];

const root = (buffer: Buffer): Buffer => buffer.root;

const total = (buffers: readonly Buffer[]): number =>
  buffers.reduce((sum, { bytes }) => sum + bytes, 0);

/** How many operands are shown. */
const SHOWN = 3;

function showAll(buffers: readonly Buffer[]): string {
  const shown = buffers
    .slice(0, SHOWN)
    .map(({ spec: { dtype, shape } }) =>
      dtype === "float32" ? showShape(shape) : `${dtype} ${showShape(shape)}`,
    );
  const more = buffers.length - shown.length;
  return [...shown, ...(more > 0 ? [`… ${more} more`] : [])].join(" ");
}
