import type { Buffer, Loop } from "./buffer.js";
import type { Program, Task } from "./program.js";

/** Where a buffer is: an address, and how it moves with the loops around. */
export interface Address {
  readonly base: number;
  readonly moves: readonly { readonly loop: Loop; readonly bytes: number }[];
}

/** A place for every buffer of a program. */
export interface Plan {
  /** How long the memory is that the program needs for itself. */
  readonly bytes: number;
  /** In that memory, or where it was put beforehand. */
  addressOf(buffer: Buffer): Address;
}

/** Vectors may reach beyond an array: every buffer is followed by so much that is nobody's. */
const PADDING = 64;

/** The room that a buffer of so many bytes takes. */
export const roomFor = (bytes: number): number => Math.ceil(bytes / 64) * 64 + PADDING;

interface Interval {
  readonly buffer: Buffer;
  from: number;
  to: number;
  /** The loops in which all that has been seen of the buffer lies. */
  path: readonly Loop[];
  offset: number;
}

/**
 * Places buffers so that those in use at the same time do not overlap. `placed` are those that
 * already have an address, `shared` those that lie where another one is.
 */
export function plan(
  program: Program,
  placed: ReadonlyMap<Buffer, number>,
  shared: ReadonlyMap<Buffer, Buffer>,
  base: (bytes: number) => number,
): Plan {
  const all = new Map([...shared, ...sharedIn(program.tasks)]);
  const owner = (buffer: Buffer): Buffer => {
    const { root } = buffer;
    const other = all.get(root);
    return other ? owner(other) : root;
  };
  const intervals = lifetimes(program, owner, placed);
  const bytes = layOut(intervals);
  const start = base(bytes);
  const offsets = new Map(intervals.map(({ buffer, offset }) => [buffer, start + offset]));
  const addressOf = (buffer: Buffer): Address => {
    const { slice } = buffer;
    if (!slice) {
      const own = owner(buffer);
      return { base: placed.get(own) ?? offsets.get(own) ?? start, moves: [] };
    }
    const of = addressOf(slice.of);
    return { ...of, moves: [...of.moves, { loop: slice.loop, bytes: buffer.bytes }] };
  };
  return { bytes, addressOf };
}

/** What loops say of the places of their carries. */
const sharedIn = (tasks: readonly Task[]): (readonly [Buffer, Buffer])[] =>
  tasks.flatMap((task) => (task.kind === "loop" ? [...task.shared, ...sharedIn(task.body)] : []));

/** From when to when each buffer is in use, counted in tasks. */
function lifetimes(
  program: Program,
  owner: (buffer: Buffer) => Buffer,
  placed: ReadonlyMap<Buffer, number>,
): Interval[] {
  const known = new Map<Buffer, Interval>();
  const ranges = new Map<Loop, { from: number; to: number }>();
  const inside: (readonly [Buffer, readonly Loop[]])[] = [];
  let time = 0;
  const touch = (buffer: Buffer, path: readonly Loop[]): void => {
    const own = owner(buffer);
    if (placed.has(own)) return;
    // A slice belongs to what is outside its loop.
    const outside = buffer.slice ? path.slice(0, path.indexOf(buffer.slice.loop)) : path;
    if (path.length > 0) inside.push([own, path]);
    const interval = known.get(own);
    if (!interval) {
      known.set(own, { buffer: own, from: time, to: time, path: outside, offset: 0 });
      return;
    }
    interval.to = time;
    let shared = 0;
    while (shared < outside.length && outside[shared] === interval.path[shared]) shared++;
    interval.path = outside.slice(0, shared);
  };
  const visit = (tasks: readonly Task[], path: readonly Loop[]): void => {
    for (const task of tasks) {
      time++;
      if (task.kind === "loop") {
        const range = { from: time, to: time };
        ranges.set(task.loop, range);
        visit(task.body, [...path, task.loop]);
        range.to = ++time;
      }
      for (const buffer of [...task.reads, ...task.writes]) touch(buffer, path);
    }
  };
  for (const buffer of program.inputs) touch(buffer, []);
  visit(program.tasks, []);
  time++;
  for (const buffer of program.outputs) touch(buffer, []);
  // What is used inside a loop and outside of it lives as long as the loop.
  for (const [buffer, path] of inside) {
    const interval = known.get(buffer)!;
    const loop = path[interval.path.length];
    if (!loop) continue;
    const { from, to } = ranges.get(loop)!;
    interval.from = Math.min(interval.from, from);
    interval.to = Math.max(interval.to, to);
  }
  return [...known.values()];
}

/** Gives each interval the lowest place that is free all its time, the largest first. */
function layOut(intervals: readonly Interval[]): number {
  let end = 0;
  const done: Interval[] = [];
  const bySize = [...intervals].sort((a, b) => b.buffer.bytes - a.buffer.bytes || a.from - b.from);
  for (const interval of bySize) {
    const room = roomFor(interval.buffer.bytes);
    const others = done
      .filter(({ from, to }) => from <= interval.to && interval.from <= to)
      .sort((a, b) => a.offset - b.offset);
    let at = 0;
    for (const { offset, buffer } of others) {
      if (at + room <= offset) break;
      at = Math.max(at, offset + roomFor(buffer.bytes));
    }
    interval.offset = at;
    end = Math.max(end, at + room);
    done.push(interval);
  }
  return end;
}
