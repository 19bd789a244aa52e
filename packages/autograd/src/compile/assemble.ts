import { nanosecondsOf } from "./cost.js";
import { FAIL } from "./kernels/guard.js";
import type { HostFunction } from "./lanes/expression.js";
import type { Plan } from "./plan.js";
import type { Generation, HostTask, KernelTask, Program, Task } from "./program.js";
import { addressesOf, type Job, type Team, TeamCode } from "./runtime/threads-code.js";
import { type Ready, RUN, StepWriter } from "./step-writer.js";
import { type Defined, type Imported, type MemoryLimits, ModuleBuilder } from "./wasm/module.js";

/** The bytes of a module that exports `step`, and what it needs from JavaScript. */
export interface Assembled {
  readonly builder: ModuleBuilder;
  /** The function of each kernel. */
  readonly kernels: ReadonlyMap<KernelTask, Job>;
  /** The tasks that the module asks JavaScript to run, by number. */
  readonly hosted: readonly HostTask[];
  /** Functions of numbers that it imports, by name. */
  readonly functions: ReadonlyMap<string, HostFunction>;
  /** Where the addresses of such a task stand when it is asked for: inputs, then the result. */
  readonly frame: number;
  /** Whether it exports `work`, for the other threads. */
  readonly shares: boolean;
}

/** What a module is made for. */
interface Surroundings {
  readonly memory: MemoryLimits;
  /** Takes memory for the module's own use: so many bytes, from a multiple of 64. */
  take(bytes: number): number;
  /** The threads to share large kernels out to. */
  readonly team?: Team | undefined;
}

/** Writes a program down as a module: a function for each kernel, and one that calls them. */
export function assemble(
  program: Program,
  plan: Plan,
  host: readonly HostFunction[],
  around: Surroundings,
): Assembled {
  const assembler = new Assembler(plan, host, around);
  return assembler.finish(assembler.prepare(program.tasks));
}

/** Less work than so many nanoseconds is not worth the wait for other threads. */
const WORTH_SHARING = 50_000;

/** A kernel that is in the module, and whether it calls JavaScript. */
interface Generated extends Job {
  readonly calls: boolean;
}

class Assembler {
  readonly #known = new Map<string, Generated>();
  /** The most that a task needs: of scratch memory, or for addresses it is given. */
  #scratch = 0;
  readonly #jobs: Job[] = [];
  readonly #kernels = new Map<KernelTask, Job>();
  readonly #builder: ModuleBuilder;
  readonly #hosted: HostTask[] = [];
  readonly #functions: ReadonlyMap<string, HostFunction>;
  readonly #generation: Generation;

  constructor(
    readonly plan: Plan,
    host: readonly HostFunction[],
    readonly around: Surroundings,
  ) {
    this.#functions = new Map(host.map((f, i) => [`f${i}`, f]));
    const imports = [...this.#functions].map(
      ([name, f]): Imported => ({
        name,
        signature: { params: Array.from({ length: f.length }, () => "f64"), results: ["f64"] },
      }),
    );
    const builder = new ModuleBuilder(around.memory, [RUN, FAIL, ...imports]);
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
    return tasks.map((task) => this.#prepare(task));
  }

  #prepare(task: Task): Ready {
    switch (task.kind) {
      case "kernel":
        return this.#kernel(task);
      case "host":
        this.#scratch = Math.max(this.#scratch, 4 * (task.inputs.length + 1));
        return { task, number: this.#hosted.push(task) - 1 };
      case "copy":
        return { task };
      case "loop":
        return { task, body: this.prepare(task.body) };
    }
  }

  #kernel(task: KernelTask): Ready {
    const { kernel, units: own, calls } = this.#generated(task);
    const units = task.units ?? own;
    this.#kernels.set(task, { kernel, units });
    // Only the calling thread can call JavaScript.
    const isShared = !calls && units > 1 && nanosecondsOf(task) > WORTH_SHARING;
    const job = isShared ? this.#job({ kernel, units }) : undefined;
    return { task, kernel: { kernel, units }, job };
  }

  /** The function of a task, generated unless a task before it has the same. */
  #generated(task: KernelTask): Generated {
    const known = task.key === undefined ? undefined : this.#known.get(task.key);
    if (known) return known;
    let calls = false;
    const host = (f: HostFunction) => {
      calls = true;
      return this.#generation.host(f);
    };
    const { code, units, scratch } = task.generate({ ...this.#generation, host });
    this.#scratch = Math.max(this.#scratch, scratch);
    const made = { kernel: this.#builder.add(task.title, code), units, calls };
    if (task.key !== undefined) this.#known.set(task.key, made);
    return made;
  }

  /** The number of a kernel that all threads compute; equal ones have one. */
  #job({ kernel, units }: Job): number | undefined {
    if (!this.around.team) return undefined;
    const known = this.#jobs.findIndex((job) => job.kernel === kernel && job.units === units);
    return known < 0 ? this.#jobs.push({ kernel, units }) - 1 : known;
  }

  /** Generates the function that calls them. */
  finish(ready: readonly Ready[]): Assembled {
    const { team, take } = this.around;
    const bytes = Math.ceil(this.#scratch / 64) * 64;
    const scratch = take(bytes * (team?.threads ?? 1));
    const frame = Math.max(0, ...this.#jobs.map(({ kernel }) => 4 * addressesOf(kernel)));
    const crew =
      team && this.#jobs.length > 0
        ? new TeamCode(this.#builder, team, this.#jobs, { frame: take(frame), scratch, bytes })
        : undefined;
    const step = new StepWriter(this.#builder, this.plan, scratch, crew);
    step.tasks(ready);
    this.#builder.export("step", this.#builder.add("step", step.code));
    return {
      builder: this.#builder,
      kernels: this.#kernels,
      hosted: this.#hosted,
      functions: this.#functions,
      frame: scratch,
      shares: crew !== undefined,
    };
  }
}
