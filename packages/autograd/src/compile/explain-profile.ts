import { assemble } from "./assemble.js";
import type { Buffer, Loop } from "./buffer.js";
import type { Executable } from "./executable.js";
import { hostFunctions } from "./lanes/host-functions.js";
import type { KernelTask, Task } from "./program.js";
import { engineMemory } from "./runtime/engine.js";
import { runHosted } from "./runtime/hosted.js";
import { webAssembly } from "./runtime/web-assembly.js";
import { identifiersOf } from "./wasm/print.js";

/** What a measurement of a program found. */
export interface Profile {
  /** How long a task takes, in seconds; within a loop, at its first step. */
  readonly seconds: ReadonlyMap<Task, number>;
  /** The name that the module's text gives the function of a kernel. */
  functionOf(task: KernelTask): string;
  readonly functions: number;
}

/**
 * Runs a program task by task, on what is bound, and each task often enough to know how long it
 * takes on one thread. What it writes is as it was before, afterwards.
 */
export function profile(executable: Executable): Profile {
  const { program } = executable;
  const taken: number[] = [];
  const take = (bytes: number): number => {
    taken.push(engineMemory().take(bytes));
    return taken.at(-1)!;
  };
  const player = new Player(executable, take);
  const restore = player.save(program.tasks);
  const start = performance.now();
  do {
    player.play(program.tasks, false);
    restore();
  } while (performance.now() - start < WARM_UP);
  player.play(program.tasks, true);
  restore();
  for (const address of taken) engineMemory().giveBack(address);
  return player;
}

/** By when code has been optimised, in milliseconds. */
const WARM_UP = 50;

/** A task is run for so many seconds, in so many parts and more, of which the fastest counts. */
const LONG_ENOUGH = 0.005;
const PARTS = 5;

class Player implements Profile {
  readonly seconds = new Map<Task, number>();
  readonly #ids: readonly string[];
  readonly #assembled: ReturnType<typeof assemble>;
  readonly #exports: Readonly<Record<string, (...numbers: number[]) => unknown>>;
  readonly #steps = new Map<Loop, number>();

  constructor(
    readonly executable: Executable,
    take: (bytes: number) => number,
  ) {
    const { program, plan } = executable;
    const { memory, limits } = engineMemory();
    const made = assemble(program, plan, hostFunctions, { memory: limits, take });
    this.#assembled = made;
    const { imports, functions } = made.builder;
    this.#ids = identifiersOf([...imports, ...functions].map(({ name }) => name));
    for (const kernel of new Set([...made.kernels.values()].map(({ kernel }) => kernel))) {
      made.builder.export(`kernel ${kernel.index}`, kernel);
    }
    const host = { memory, run: () => {}, fail: () => {}, ...Object.fromEntries(made.functions) };
    const module = new webAssembly!.Module(made.builder.encode());
    this.#exports = new webAssembly!.Instance(module, { host }).exports;
  }

  get functions(): number {
    return this.#assembled.builder.functions.length;
  }

  functionOf(task: KernelTask): string {
    return this.#ids[this.#assembled.kernels.get(task)!.kernel.index]!;
  }

  /** Runs tasks in order; those that are measured are run again and again, where they stand. */
  play(tasks: readonly Task[], isMeasured: boolean): void {
    for (const task of tasks) {
      if (task.kind === "loop") {
        const { length, reverse } = task.loop;
        for (let i = 0; i < length; i++) {
          this.#steps.set(task.loop, reverse ? length - 1 - i : i);
          this.play(task.body, isMeasured && i === 0);
        }
        continue;
      }
      const run = this.#runOf(task);
      if (isMeasured) this.#measure(task, run);
      run();
    }
  }

  /** Remembers what tasks write; returns what restores it. */
  save(tasks: readonly Task[]): () => void {
    const all = new Map<number, number>();
    const visit = (task: Task): void => {
      if (task.kind === "loop") task.body.forEach(visit);
      for (const { root } of task.writes) all.set(this.#addressOf(root), root.bytes);
    };
    tasks.forEach(visit);
    const saved = [...all].map(([at, bytes]) => [at, this.#bytes(at, bytes).slice()] as const);
    return () => {
      for (const [at, bytes] of saved) this.#bytes(at, bytes.length).set(bytes);
    };
  }

  #bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(engineMemory().memory.buffer, at, length);
  }

  #addressOf(buffer: Buffer): number {
    const { base, moves } = this.executable.plan.addressOf(buffer);
    return moves.reduce((at, { loop, bytes }) => at + this.#steps.get(loop)! * bytes, base);
  }

  #runOf(task: Exclude<Task, { kind: "loop" }>): () => void {
    switch (task.kind) {
      case "kernel": {
        const { kernel, units } = this.#assembled.kernels.get(task)!;
        const call = this.#exports[`kernel ${kernel.index}`]!;
        const at = task.addresses.map(({ buffer, bytes }) => this.#addressOf(buffer) + bytes);
        const numbers = [0, units, this.#assembled.frame, ...at];
        return () => void call(...numbers);
      }
      case "host": {
        const buffers = [...task.inputs.map(({ buffer }) => buffer), task.writes[0]!];
        const { frame } = this.#assembled;
        const at = Int32Array.from(buffers, (buffer) => this.#addressOf(buffer));
        return () => {
          this.#bytes(frame, at.byteLength).set(new Uint8Array(at.buffer));
          runHosted(task, frame);
        };
      }
      case "copy": {
        const [from, to] = [this.#addressOf(task.from), this.#addressOf(task.to)];
        return () => {
          this.#bytes(to, task.to.bytes).set(this.#bytes(from, task.from.bytes));
        };
      }
    }
  }

  #measure(task: Exclude<Task, { kind: "loop" }>, run: () => void): void {
    // In place, a task reads what it has written: numbers drift, but no index may leave its bounds.
    const restore = this.save([task]);
    const reads = new Set(task.reads.map((buffer) => this.#addressOf(buffer)));
    const isFragile = task.writes.some(
      (buffer) => reads.has(this.#addressOf(buffer)) && buffer.spec.dtype === "int32",
    );
    let best = Number.POSITIVE_INFINITY;
    let count = 1;
    for (let spent = 0, parts = 0; spent < LONG_ENOUGH || parts < PARTS; parts++) {
      restore();
      const start = performance.now();
      for (let i = 0; i < count; i++) run();
      const seconds = (performance.now() - start) / 1000;
      best = Math.min(best, seconds / count);
      spent += seconds;
      if (!isFragile && seconds < LONG_ENOUGH / PARTS / 2) count *= 2;
    }
    restore();
    this.seconds.set(task, best);
  }
}
