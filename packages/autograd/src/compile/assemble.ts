import type { HostFunction } from "./lanes/expression.js";
import type { Plan } from "./plan.js";
import type { Buffer, Generation, HostTask, Loop, Program, Task } from "./program.js";
import { Code } from "./wasm/code.js";
import { type Defined, type Imported, ModuleBuilder } from "./wasm/module.js";

/** The bytes of a module that exports `step`, and what it needs from JavaScript. */
export interface Assembled {
  readonly builder: ModuleBuilder;
  /** The tasks that the module asks JavaScript to run, by number. */
  readonly hosted: readonly HostTask[];
  /** Functions of numbers that it imports, by name. */
  readonly functions: ReadonlyMap<string, HostFunction>;
  /** Where the addresses of such a task stand when it is asked for: inputs, then the result. */
  readonly frame: number;
}

/** Takes memory for the module's own use: so many bytes, from a multiple of 64. */
type Take = (bytes: number) => number;

/** A task as it is called: its kernel, or the number that JavaScript knows it by. */
interface Ready {
  readonly task: Task;
  readonly kernel?: { readonly defined: Defined; readonly units: number };
  readonly number?: number;
  readonly body?: readonly Ready[];
}

const RUN: Imported = { name: "run", signature: { params: ["i32"], results: [] } };

/** Writes a program down as a module: a function for each kernel, and one that calls them. */
export function assemble(
  program: Program,
  plan: Plan,
  host: readonly HostFunction[],
  take: Take,
): Assembled {
  const assembler = new Assembler(plan, host);
  const ready = assembler.prepare(program.tasks);
  const scratch = take(assembler.scratch);
  return assembler.finish(ready, scratch);
}

class Assembler {
  /** The most that a task needs: of scratch memory, or for addresses it is given. */
  scratch = 0;
  readonly #builder: ModuleBuilder;
  readonly #hosted: HostTask[] = [];
  readonly #functions: ReadonlyMap<string, HostFunction>;
  readonly #generation: Generation;

  constructor(
    readonly plan: Plan,
    host: readonly HostFunction[],
  ) {
    this.#functions = new Map(host.map((f, i) => [`f${i}`, f]));
    const imports = [...this.#functions].map(
      ([name, f]): Imported => ({
        name,
        signature: { params: Array.from({ length: f.length }, () => "f64"), results: ["f64"] },
      }),
    );
    const builder = new ModuleBuilder({ minimum: 1 }, [RUN, ...imports]);
    this.#builder = builder;
    const shared = new Map<string, Defined>();
    this.#generation = {
      builder,
      host: (f) => builder.imported(`f${host.indexOf(f)}`),
      shared: (key, make) => {
        const known = shared.get(key) ?? builder.add(key, make());
        shared.set(key, known);
        return known;
      },
    };
  }

  /** Generates the kernels. */
  prepare(tasks: readonly Task[]): Ready[] {
    return tasks.map((task): Ready => {
      switch (task.kind) {
        case "kernel": {
          const { code, units, scratch } = task.generate(this.#generation);
          this.scratch = Math.max(this.scratch, scratch);
          return { task, kernel: { defined: this.#builder.add(task.title, code), units } };
        }
        case "host":
          this.scratch = Math.max(this.scratch, 4 * (task.inputs.length + 1));
          return { task, number: this.#hosted.push(task) - 1 };
        case "copy":
          return { task };
        case "loop":
          return { task, body: this.prepare(task.body) };
      }
    });
  }

  /** Generates the function that calls them. */
  finish(ready: readonly Ready[], scratch: number): Assembled {
    const step = new StepWriter(this.#builder, this.plan, scratch);
    step.tasks(ready);
    this.#builder.export("step", this.#builder.add("step", step.code));
    return {
      builder: this.#builder,
      hosted: this.#hosted,
      functions: this.#functions,
      frame: scratch,
    };
  }
}

/** The function that calls the kernels in order. */
class StepWriter {
  readonly code = new Code({ params: [], results: [] });
  /** For each loop around, the local that says at which element it is. */
  readonly #places = new Map<Loop, number>();

  constructor(
    readonly builder: ModuleBuilder,
    readonly plan: Plan,
    readonly scratch: number,
  ) {}

  tasks(ready: readonly Ready[]): void {
    for (const one of ready) this.#task(one);
  }

  #task({ task, kernel, number, body }: Ready): void {
    const { code } = this;
    switch (task.kind) {
      case "kernel":
        code.i32(0).i32(kernel!.units).i32(this.scratch);
        for (const { buffer, bytes } of task.addresses) this.#push(buffer, bytes);
        code.emit("call", kernel!.defined.index);
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
        if (loop.reverse)
          code
            .i32(loop.length - 1)
            .get(counter)
            .emit("i32.sub")
            .set(place);
        else code.get(counter).set(place);
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
