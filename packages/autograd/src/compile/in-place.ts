import type { Buffer } from "./buffer.js";
import { type KernelTask, mayFail, type Task } from "./program.js";

/**
 * Which values may be computed where the variable is that they are assigned to: those whose kernel
 * is the last to read the old value, and reads each element where it writes the new one.
 */
export function inPlace(
  tasks: readonly Task[],
  values: readonly Buffer[],
  places: readonly Buffer[],
  outputs: readonly Buffer[],
): Map<Buffer, Buffer> {
  const shared = new Map<Buffer, Buffer>();
  const readers = lastReaders(tasks);
  for (const [i, value] of values.entries()) {
    const place = places[i]!;
    if (shared.has(value) || values.indexOf(value) !== i || value.slice) continue;
    // What is asked for as a result, or assigned elsewhere too, must outlive the assignment.
    if (outputs.includes(place) || values.includes(place)) continue;
    const maker = tasks.findIndex(({ writes }) => writes.includes(value));
    const task = tasks[maker];
    if (task?.kind !== "kernel" || (readers.get(place) ?? -1) > maker) continue;
    if (readers.get(place) === maker && !walksAlike(task, value, place)) continue;
    shared.set(value, place);
  }
  return shared;
}

/** Leaves out what is written before the step can no longer fail: variables stay as they were. */
export function settled(tasks: readonly Task[], shared: Map<Buffer, Buffer>): Map<Buffer, Buffer> {
  const risky = tasks.slice(0, 1 + tasks.findLastIndex(mayFail));
  const early = new Set(risky.flatMap(({ writes }) => writes));
  return new Map([...shared].filter(([value]) => !early.has(value)));
}

/** The last task at the top that reads each buffer. */
function lastReaders(tasks: readonly Task[]): Map<Buffer, number> {
  const last = new Map<Buffer, number>();
  const visit = (task: Task, at: number): void => {
    if (task.kind === "loop") for (const inner of task.body) visit(inner, at);
    for (const buffer of task.reads) last.set(buffer.root, at);
  };
  for (const [at, task] of tasks.entries()) visit(task, at);
  return last;
}

/** Whether a nest reads one buffer and writes the other at the same places, and in one walk. */
function walksAlike({ nest, alike }: KernelTask, value: Buffer, place: Buffer): boolean {
  if (alike === place) return true;
  if (!nest || nest.stages.length > 1) return false;
  const own = nest.accesses.find(({ buffer }) => buffer === value)!;
  return nest.accesses
    .filter(({ buffer }) => buffer === place)
    .every(
      ({ strides, offset }) =>
        offset === own.offset && strides.every((stride, i) => stride === own.strides[i]),
    );
}
