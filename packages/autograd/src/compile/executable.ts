import { NeuriteError } from "../errors.js";
import type { Value } from "../ndarray.js";
import type { Tensor } from "../op.js";
import type { Capture, Graph } from "../trace/graph.js";
import { replay } from "../trace/replay.js";
import { assemble } from "./assemble.js";
import { Buffer } from "./buffer.js";
import { fuse } from "./fuse/fuse.js";
import { inPlace, settled } from "./in-place.js";
import { hostFunctions } from "./lanes/host-functions.js";
import { moved } from "./lower/moved.js";
import type { Fused } from "./lower/target.js";
import { type Plan, plan, roomFor } from "./plan.js";
import { copyTask, type Program, type Task } from "./program.js";
import { engineMemory, giveBackWith, read, viewAt, write } from "./runtime/engine.js";
import { runHosted } from "./runtime/hosted.js";
import { bringIn, type Slot, slotOf, written } from "./runtime/slots.js";
import { poolOf } from "./runtime/threads.js";
import { webAssembly } from "./runtime/web-assembly.js";
import { canTape } from "./scalar-tape/can-tape.js";
import { isLong, tapeTask } from "./scalar-tape/task.js";
import { simplify } from "./simplify/simplify.js";
import { type Laps, Stopwatch } from "./stopwatch.js";

/** A traced graph as a module that has its place in engine memory. */
export class Executable {
  readonly program: Program;
  readonly plan: Plan;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How long each stage of the making took. */
  readonly milliseconds: Laps;
  readonly #captures: readonly (Capture & { readonly slot: Slot })[];
  readonly #writes: readonly { readonly write: Graph["writes"][number]; readonly slot: Slot }[];
  readonly #step: () => number;

  constructor(
    readonly graph: Graph,
    threads = 1,
  ) {
    const { inputs, captures, writes, outputs } = graph;
    this.#captures = captures.map((own) => ({ ...own, slot: slotOf(own.cell, own.place) }));
    this.#writes = writes.map((write) => ({ write, slot: slotOf(write.cell, write.place) }));
    const placed = new Map<Buffer, number>();
    const slots = new Map<Slot, Buffer>();
    const slotBuffer = (slot: Slot, node: Tensor): Buffer => {
      const buffer = slots.get(slot) ?? new Buffer(node.spec);
      slots.set(slot, buffer);
      placed.set(buffer, slot.address);
      return buffer;
    };
    const own = inputs.map(({ spec }) => new Buffer(spec));
    const captured = this.#captures.map(({ slot, node }) => slotBuffer(slot, node));
    const kept = this.#writes.filter(({ write }) => write.node !== null);
    const results = [...outputs, ...kept.map(({ write }) => write.node!)];
    const nodes = [...inputs, ...captures.map(({ node }) => node)];
    const places = kept.map(({ write, slot }) => slotBuffer(slot, write.node!));
    const take = (bytes: number): number => {
      const address = engineMemory().take(bytes);
      giveBackWith(this, address);
      return address;
    };
    const stopwatch = new Stopwatch();
    const piece = { ...graph, inputs: nodes, outputs: results };
    let shared: ReadonlyMap<Buffer, Buffer> = new Map();
    if (isLong(piece) && canTape(piece)) {
      const found = outputs.map(({ spec }) => new Buffer(spec));
      for (const buffer of [...own, ...found]) placed.set(buffer, take(roomFor(buffer.bytes)));
      const ends = (buffers: readonly Buffer[]) =>
        buffers.map((buffer) => [buffer, placed.get(buffer)!] as const);
      const task = tapeTask(piece, ends([...own, ...captured]), ends([...found, ...places]));
      this.program = { tasks: [task], inputs: own, outputs: found };
    } else {
      const simple = simplify(piece);
      stopwatch.lap("simplify");
      const fused = fuse(simple, [...own, ...captured]);
      const assigned = assigning(fused, outputs.length, places);
      shared = assigned.shared;
      this.program = { tasks: assigned.tasks, inputs: own, outputs: assigned.outputs };
    }
    stopwatch.lap("fuse");
    placeConstants(this.program, placed, take);
    this.plan = plan(this.program, placed, shared, take);
    stopwatch.lap("plan");
    const pool = threads > 1 ? poolOf(threads) : undefined;
    const team = pool?.team();
    const { builder, hosted, functions, frame, shares } = assemble(
      this.program,
      this.plan,
      hostFunctions,
      { memory: engineMemory().limits, take, team },
    );
    this.bytes = builder.encode();
    stopwatch.lap("assemble");
    const host = {
      memory: engineMemory().memory,
      run: (number: number) => runHosted(hosted[number]!, frame),
      fail: () => {
        throw GIVEN_UP;
      },
      ...Object.fromEntries(functions),
    };
    const module = new webAssembly!.Module(this.bytes);
    this.#step = new webAssembly!.Instance(module, { host }).exports.step!;
    stopwatch.lap("webAssembly");
    this.milliseconds = stopwatch.laps;
    if (shares) pool!.add(this, team!, module);
  }

  /** Brings arguments and variables into memory. */
  bind(inputs: readonly Tensor[]): void {
    for (const { cell, place, slot } of this.#captures) bringIn(cell, place, slot);
    for (const [i, buffer] of this.program.inputs.entries()) {
      write(this.plan.addressOf(buffer).base, buffer.spec, inputs[i]!.value!);
    }
  }

  /** Runs the step: reads arguments and variables, computes, assigns; gives the results. */
  run(inputs: readonly Tensor[]): Value[] {
    this.bind(inputs);
    try {
      this.#step();
    } catch (error) {
      if (error !== GIVEN_UP && !(error instanceof NeuriteError)) throw error;
      // Eager execution finds the operation and names it. No variable has changed so far.
      return replay(this.graph, inputs).map(({ value }) => value!);
    }
    for (const { write, slot } of this.#writes) {
      if (write.node) written(write.cell, write.place, slot);
      else write.cell.grad = null;
    }
    // A buffer may be shaped otherwise: a result that is only another view of it has no own.
    return this.program.outputs.map((buffer, i) =>
      read(this.plan.addressOf(buffer).base, this.graph.outputs[i]!.spec),
    );
  }
}

/** What a guard throws. */
const GIVEN_UP = new Error("a guard gave the step up");

/** The tasks of a step with those that put values where variables are, if they are not yet. */
function assigning({ tasks, outputs }: Fused, count: number, places: readonly Buffer[]) {
  const values = outputs.slice(count);
  // A result that lies where a variable is has to be saved before that is written.
  const found = outputs.slice(0, count);
  const saved = found.map((own) => (places.includes(own.root) ? new Buffer(own.spec) : own));
  const shared = settled(tasks, inPlace(tasks, values, places, found));
  const saves = found.flatMap((own, i) =>
    own === saved[i] ? [] : copyTask(own, saved[i]!, "save"),
  );
  const moves = moved(
    values.map((buffer) => shared.get(buffer) ?? buffer),
    places,
  );
  return { tasks: [...tasks, ...saves, ...moves], outputs: saved, shared };
}

/** Puts the numbers that are known beforehand into memory. */
function placeConstants(
  { tasks, outputs }: Program,
  placed: Map<Buffer, number>,
  take: (bytes: number) => number,
): void {
  const place = (buffer: Buffer): void => {
    const { root } = buffer;
    if (!root.constant || placed.has(root)) return;
    const address = take(roomFor(root.bytes));
    placed.set(root, address);
    viewAt(address, root.spec).set(root.constant.data);
  };
  const visit = (all: readonly Task[]): void => {
    for (const task of all) {
      if (task.kind === "loop") visit(task.body);
      for (const buffer of task.reads) place(buffer);
    }
  };
  visit(tasks);
  for (const buffer of outputs) place(buffer);
}
