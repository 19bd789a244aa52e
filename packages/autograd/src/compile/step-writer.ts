import type { Buffer, Loop } from "./buffer.js";
import type { Plan } from "./plan.js";
import type { KernelTask, Task } from "./program.js";
import type { Job, TeamCode } from "./runtime/threads-code.js";
import { Code } from "./wasm/code.js";
import type { Imported, ModuleBuilder } from "./wasm/module.js";

/** Asks JavaScript to run a task, by its number. */
export const RUN: Imported = { name: "run", signature: { params: ["i32"], results: [] } };

/** A task as it is called: its kernel, or the number that JavaScript knows it by. */
export interface Ready {
  readonly task: Task;
  readonly kernel?: Job;
  /** The number of the kernel among those that all threads compute. */
  readonly job?: number | undefined;
  readonly number?: number;
  readonly body?: readonly Ready[];
}

/** The function that calls the kernels in order. */
export class StepWriter {
  readonly code = new Code({ params: [], results: [] });
  /** For each loop around, the local that says at which element it is. */
  readonly #places = new Map<Loop, number>();
  /** The local that says whether other threads compute a job too. */
  readonly #helped: number;

  constructor(
    readonly builder: ModuleBuilder,
    readonly plan: Plan,
    readonly scratch: number,
    readonly team: TeamCode | undefined,
  ) {
    this.#helped = team ? this.code.local("i32") : 0;
  }

  tasks(ready: readonly Ready[]): void {
    for (const one of ready) this.#task(one);
  }

  #task({ task, kernel, job, number, body }: Ready): void {
    const { code } = this;
    switch (task.kind) {
      case "kernel":
        this.#kernel(task, kernel!, job);
        return;
      case "host":
        for (const [i, buffer] of [...task.inputs, { buffer: task.writes[0]! }].entries()) {
          code.i32(this.scratch);
          this.#push(buffer.buffer, 0);
          code.emit("i32.store", 4 * i);
        }
        code.i32(number!).emit("call", this.builder.imported(RUN.name));
        return;
      case "copy":
        this.#push(task.to, 0);
        this.#push(task.from, 0);
        code.i32(task.from.bytes).emit("memory.copy");
        return;
      case "loop":
        this.#loop(task.loop, body!);
    }
  }

  #kernel({ addresses }: KernelTask, { kernel, units }: Job, job: number | undefined): void {
    const { code } = this;
    const pushes = addresses.map(
      ({ buffer, bytes }) =>
        () =>
          this.#push(buffer, bytes),
    );
    if (job !== undefined) {
      this.team!.call(code, job, pushes, this.#helped);
      return;
    }
    code.i32(0).i32(units).i32(this.scratch);
    for (const push of pushes) push();
    code.emit("call", kernel.index);
  }

  #loop(loop: Loop, body: readonly Ready[]): void {
    const { code } = this;
    const counter = code.local("i32");
    const place = code.local("i32");
    this.#places.set(loop, place);
    code.i32(0).set(counter);
    code.forUpTo(
      counter,
      () => code.i32(loop.length),
      1,
      () => {
        if (loop.reverse) code.i32(loop.length - 1);
        code.get(counter);
        if (loop.reverse) code.emit("i32.sub");
        code.set(place);
        this.tasks(body);
      },
    );
  }

  /** The address of a buffer, as the loops stand. */
  #push(buffer: Buffer, bytes: number): void {
    const { base, moves } = this.plan.addressOf(buffer);
    this.code.i32(base + bytes);
    for (const { loop, bytes } of moves) {
      this.code.get(this.#places.get(loop)!).i32(bytes).emit("i32.mul").emit("i32.add");
    }
  }
}
