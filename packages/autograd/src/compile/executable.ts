import { NeuriteError } from "../errors.js";
import type { Value } from "../ndarray.js";
import type { Tensor } from "../op.js";
import type { Graph } from "../trace/graph.js";
import { replay } from "../trace/replay.js";
import { type Assembled, assemble } from "./assemble.js";
import { Bindings } from "./bindings.js";
import type { Buffer } from "./buffer.js";
import { hostFunctions } from "./lanes/host-functions.js";
import { type Plan, plan, roomFor } from "./plan.js";
import type { Program, Task } from "./program.js";
import { programOf } from "./program-of.js";
import { engineMemory, giveBackWith, read, viewAt, write } from "./runtime/engine.js";
import { runHosted } from "./runtime/hosted.js";
import { poolOf } from "./runtime/threads.js";
import { webAssembly } from "./runtime/web-assembly.js";
import { type Laps, Stopwatch } from "./stopwatch.js";

/** A traced graph as a module that has its place in engine memory. */
export class Executable {
  readonly program: Program;
  readonly plan: Plan;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How long each stage of the making took. */
  readonly milliseconds: Laps;
  readonly #bindings: Bindings;
  readonly #step: () => number;
  /** Where the arguments and the results are. */
  readonly #ends: { readonly inputs: readonly number[]; readonly outputs: readonly number[] };

  constructor(
    readonly graph: Graph,
    threads = 1,
  ) {
    const stopwatch = new Stopwatch();
    const take = (bytes: number): number => {
      const address = engineMemory().take(bytes);
      giveBackWith(this, address);
      return address;
    };
    this.#bindings = new Bindings(graph);
    const { placed } = this.#bindings;
    const { program, shared } = programOf(this.#bindings, take, stopwatch);
    this.program = program;
    stopwatch.lap("fuse");
    placeConstants(program, placed, take);
    this.plan = plan(program, placed, shared, take);
    stopwatch.lap("plan");
    const addresses = (buffers: readonly Buffer[]) =>
      buffers.map((buffer) => this.plan.addressOf(buffer).base);
    this.#ends = { inputs: addresses(program.inputs), outputs: addresses(program.outputs) };
    const pool = threads > 1 ? poolOf(threads) : undefined;
    const team = pool?.team();
    const around = { memory: engineMemory().limits, take, team };
    const assembled = assemble(program, this.plan, hostFunctions, around);
    this.bytes = assembled.builder.encode();
    stopwatch.lap("assemble");
    const module = new webAssembly!.Module(this.bytes);
    const host = hostOf(assembled);
    this.#step = new webAssembly!.Instance(module, { host }).exports.step!;
    stopwatch.lap("webAssembly");
    this.milliseconds = stopwatch.laps;
    if (assembled.shares) pool!.add(this, team!, module);
  }

  /** Brings arguments and variables into memory. */
  bind(inputs: readonly Tensor[]): void {
    this.#bindings.bringIn();
    const { inputs: addresses } = this.#ends;
    for (let i = 0; i < addresses.length; i++) {
      const { spec, value } = inputs[i]!;
      write(addresses[i]!, spec, value!);
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
    this.#bindings.settle();
    // A buffer may be shaped otherwise: a result that is only another view of it has no own.
    return this.#ends.outputs.map((address, i) => read(address, this.graph.outputs[i]!.spec));
  }
}

/** What a guard throws. */
const GIVEN_UP = new Error("a guard gave the step up");

/** What a module imports. */
const hostOf = ({ hosted, functions, frame }: Assembled) => ({
  memory: engineMemory().memory,
  run: (number: number) => runHosted(hosted[number]!, frame),
  fail: () => {
    throw GIVEN_UP;
  },
  ...Object.fromEntries(functions),
});

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
