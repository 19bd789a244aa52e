import { NDArray, type Value } from "../ndarray.js";
import type { Tensor } from "../op.js";
import { type Capture, type Graph, readCapture } from "../trace/graph.js";
import { assemble } from "./assemble.js";
import { fuse } from "./fuse/fuse.js";
import { inPlace } from "./in-place.js";
import { hostFunctions } from "./lanes/host-functions.js";
import { moved } from "./lower/moved.js";
import { type Plan, plan, roomFor } from "./plan.js";
import { Buffer, copyTask, type Program, type Task } from "./program.js";
import { engineMemory, giveBackWith, read, viewAt, write } from "./runtime/engine.js";
import { runHosted } from "./runtime/hosted.js";
import { bringIn, type Slot, slotOf, written } from "./runtime/slots.js";
import { webAssembly } from "./runtime/web-assembly.js";

/** A traced graph as a module that has its place in engine memory. */
export class Executable {
  readonly program: Program;
  readonly plan: Plan;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #captures: readonly (Capture & { readonly slot: Slot })[];
  readonly #writes: readonly { readonly write: Graph["writes"][number]; readonly slot: Slot }[];
  readonly #step: () => number;

  constructor(readonly graph: Graph) {
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
    const fused = fuse({ ...graph, inputs: nodes, outputs: results }, [...own, ...captured]);
    const places = kept.map(({ write, slot }) => slotBuffer(slot, write.node!));
    const values = fused.outputs.slice(outputs.length);
    // A result that lies where a variable is has to be saved before that is written.
    const isLost = (buffer: Buffer) => places.includes(buffer.root);
    const found = fused.outputs.slice(0, outputs.length);
    const saved = found.map((buffer) => (isLost(buffer) ? new Buffer(buffer.spec) : buffer));
    const shared = inPlace(fused.tasks, values, places, found);
    const tasks: Task[] = [
      ...fused.tasks,
      ...found.flatMap((own, i) => (own === saved[i] ? [] : copyTask(own, saved[i]!, "save"))),
      ...moved(
        values.map((buffer) => shared.get(buffer) ?? buffer),
        places,
      ),
    ];
    this.program = { tasks, inputs: own, outputs: saved };
    placeConstants(this.program, placed, this);
    const take = (bytes: number): number => {
      const address = engineMemory().take(bytes);
      giveBackWith(this, address);
      return address;
    };
    this.plan = plan(this.program, placed, shared, take);
    const { builder, hosted, functions, frame } = assemble(
      this.program,
      this.plan,
      hostFunctions,
      take,
    );
    this.bytes = builder.encode();
    const host = {
      memory: engineMemory().memory,
      run: (number: number) => runHosted(hosted[number]!, frame),
      ...Object.fromEntries(functions),
    };
    const module = new webAssembly!.Module(this.bytes);
    this.#step = new webAssembly!.Instance(module, { host }).exports.step!;
  }

  /** Runs the step: reads arguments and variables, computes, writes variables; gives the results. */
  run(inputs: readonly Tensor[]): Value[] {
    for (const { cell, place, slot } of this.#captures) bringIn(cell, place, slot);
    for (const [i, buffer] of this.program.inputs.entries()) {
      write(this.plan.addressOf(buffer).base, buffer.spec, inputs[i]!.value!);
    }
    this.#step();
    for (const { write, slot } of this.#writes) {
      if (write.node) written(write.cell, write.place, slot);
      else write.cell.grad = null;
    }
    return this.program.outputs.map((buffer) =>
      read(this.plan.addressOf(buffer).base, buffer.spec),
    );
  }
}

/** Puts the numbers that are known beforehand into memory. */
function placeConstants(
  { tasks, outputs }: Program,
  placed: Map<Buffer, number>,
  owner: object,
): void {
  const place = (buffer: Buffer): void => {
    const { root } = buffer;
    if (!root.constant || placed.has(root)) return;
    const address = engineMemory().take(roomFor(root.bytes));
    giveBackWith(owner, address);
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
