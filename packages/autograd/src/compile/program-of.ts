import type { Bindings } from "./bindings.js";
import { Buffer } from "./buffer.js";
import { fuse } from "./fuse/fuse.js";
import { inPlace, settled } from "./in-place.js";
import { moved } from "./lower/moved.js";
import type { Fused } from "./lower/target.js";
import { roomFor } from "./plan.js";
import { copyTask, type Program } from "./program.js";
import { canTape } from "./scalar-tape/can-tape.js";
import { isLong, tapeTask } from "./scalar-tape/task.js";
import { simplify } from "./simplify/simplify.js";
import type { Stopwatch } from "./stopwatch.js";

/** A program, and which of its buffers lie where others are. */
export interface Linked {
  readonly program: Program;
  readonly shared: ReadonlyMap<Buffer, Buffer>;
}

/** The tasks of a step: a tape if it is a long program of numbers, else what fusing makes of it. */
export function programOf(
  bindings: Bindings,
  take: (bytes: number) => number,
  stopwatch: Stopwatch,
): Linked {
  const { piece } = bindings;
  if (isLong(piece) && canTape(piece)) return tapeOf(bindings, take);
  const simple = simplify(piece);
  stopwatch.lap("simplify");
  return assigning(fuse(simple, bindings.inputs), bindings);
}

/** One task, whose ends have their addresses beforehand: they are part of the tape. */
function tapeOf(bindings: Bindings, take: (bytes: number) => number): Linked {
  const { piece, placed, places } = bindings;
  const count = piece.outputs.length - places.length;
  const outputs = piece.outputs.slice(0, count).map(({ spec }) => new Buffer(spec));
  for (const buffer of [...bindings.arguments, ...outputs]) {
    placed.set(buffer, take(roomFor(buffer.bytes)));
  }
  const ends = (buffers: readonly Buffer[]) =>
    buffers.map((buffer) => [buffer, placed.get(buffer)!] as const);
  const task = tapeTask(piece, ends(bindings.inputs), ends([...outputs, ...places]));
  const program = { tasks: [task], inputs: bindings.arguments, outputs };
  return { program, shared: new Map() };
}

/** The tasks of a step with those that put values where variables are, if they are not yet. */
function assigning({ tasks, outputs }: Fused, bindings: Bindings): Linked {
  const { places } = bindings;
  const count = outputs.length - places.length;
  const [found, values] = [outputs.slice(0, count), outputs.slice(count)];
  // A result that lies where a variable is has to be saved before that is written.
  const saved = found.map((own) => (places.includes(own.root) ? new Buffer(own.spec) : own));
  const saves = found.flatMap((own, i) =>
    own === saved[i] ? [] : copyTask(own, saved[i]!, "save"),
  );
  const shared = settled(tasks, inPlace(tasks, values, places, found));
  const moves = moved(
    values.map((buffer) => shared.get(buffer) ?? buffer),
    places,
  );
  const all = [...tasks, ...saves, ...moves];
  return { program: { tasks: all, inputs: bindings.arguments, outputs: saved }, shared };
}
