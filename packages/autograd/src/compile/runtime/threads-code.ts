import { Code, type Label } from "../wasm/code.js";
import type { Defined, ModuleBuilder } from "../wasm/module.js";
import { CELL, gotCell } from "./threads-cells.js";

/** The threads that run a step, the calling one included, and what they call the step. */
export interface Team {
  readonly threads: number;
  /** The address of the cells. */
  readonly cells: number;
  readonly step: number;
}

/** A kernel that is split evenly over all threads. */
export interface Job {
  readonly kernel: Defined;
  readonly units: number;
}

/** Memory that threads need: for the addresses of a job, and scratch for their work. */
export interface Rooms {
  readonly frame: number;
  readonly scratch: number;
  /** How much of it each has. */
  readonly bytes: number;
}

type Push = () => void;

/** How often a worker looks for a job before it sleeps: some 20 µs. */
const SPINS = 20_000;

/**
 * The part of a module that shares jobs out. The calling thread writes down the number and the
 * addresses of a job, counts `go` up, computes its own share and waits until the others are done;
 * a worker runs `work`, in which it waits for `go`. Neither leaves WebAssembly in between.
 */
export class TeamCode {
  readonly #fork: Defined;
  readonly #join: Defined;

  constructor(
    readonly builder: ModuleBuilder,
    readonly team: Team,
    readonly jobs: readonly Job[],
    readonly rooms: Rooms,
  ) {
    this.#fork = builder.add("fork", this.#forkCode());
    this.#join = builder.add("join", this.#joinCode());
    builder.export("work", builder.add("work", this.#workCode()));
  }

  /** Calls the kernel of a job: on all threads if they are there, or else on this one. */
  call(code: Code, job: number, addresses: readonly Push[], helped: number): void {
    const { kernel, units } = this.jobs[job]!;
    const { frame, scratch } = this.rooms;
    for (const [i, push] of addresses.entries()) {
      code.i32(frame);
      push();
      code.emit("i32.store", 4 * i);
    }
    code.i32(job).emit("call", this.#fork.index).set(helped);
    code.i32(0);
    code
      .i32(Math.floor(units / this.team.threads))
      .i32(units)
      .get(helped)
      .emit("select");
    code.i32(scratch);
    for (const push of addresses) push();
    code.emit("call", kernel.index);
    code.get(helped).if(() => code.emit("call", this.#join.index));
  }

  /**
   * (job) -> helped: sets the workers going, if all wait for a job. They may not even between the
   * jobs of a step, as an op in JavaScript may compile other steps.
   */
  #forkCode(): Code {
    const { threads, step } = this.team;
    const code = new Code({ params: ["i32"], results: ["i32"] });
    for (let worker = 1; worker < threads; worker++) {
      this.#load(code, gotCell(worker));
      this.#load(code, CELL.sent)
        .emit("i32.ne")
        .if(() => code.i32(0).emit("return"));
    }
    this.#store(code, CELL.job, () => code.get(0));
    this.#store(code, CELL.step, () => code.i32(step));
    this.#store(code, CELL.done, () => code.i32(0));
    this.#increase(code, CELL.go, 1);
    this.#load(code, CELL.asleep).if(() => {
      code.i32(this.#addressOf(CELL.go)).i32(threads).emit("memory.atomic.notify").emit("drop");
    });
    return code.i32(1);
  }

  /** () -> (): waits for the workers, without sleep: that is forbidden on the page's own thread. */
  #joinCode(): Code {
    const code = new Code({ params: [], results: [] });
    return code.loop((again) => {
      this.#load(code, CELL.done)
        .i32(this.team.threads - 1)
        .emit("i32.ne")
        .brIf(again);
    });
  }

  /**
   * (worker, seen) -> (): computes shares of jobs, one after the other, until `go` is counted up
   * for another step or for mail; `seen` is where it stood at the last time.
   */
  #workCode(): Code {
    const [worker, seen] = [0, 1];
    const code = new Code({ params: ["i32", "i32"], results: [] });
    return code.loop((again) => {
      this.#await(code, seen);
      this.#load(code, CELL.step).i32(this.team.step).emit("i32.ne");
      code.if(() => code.emit("return"));
      code.block((done) => this.#dispatch(code, worker, done));
      this.#increase(code, CELL.done, 1);
      code.br(again);
    });
  }

  /** Waits until `go` is no longer what it was, and notes what it is. */
  #await(code: Code, seen: number): void {
    const [now, spins] = [code.local("i32"), code.local("i32")];
    code.i32(SPINS).set(spins);
    code.block((called) => {
      code.loop((again) => {
        this.#load(code, CELL.go).tee(now).get(seen).emit("i32.ne").brIf(called);
        code.get(spins).i32(1).emit("i32.sub").tee(spins).brIf(again);
        // Whoever counts `go` up after this sees that somebody sleeps.
        this.#increase(code, CELL.asleep, 1);
        code.i32(this.#addressOf(CELL.go)).get(seen).emit("i64.const", -1);
        code.emit("memory.atomic.wait32").emit("drop");
        this.#increase(code, CELL.asleep, -1);
        code.i32(SPINS).set(spins).br(again);
      });
    });
    code.get(now).set(seen);
  }

  /** Computes the worker's share of the job that is asked for. */
  #dispatch(code: Code, worker: number, done: Label): void {
    const { frame, scratch, bytes } = this.rooms;
    const bound = (units: number, threads: Push) => {
      threads();
      code.i32(units).emit("i32.mul").i32(this.team.threads).emit("i32.div_u");
    };
    const nest = (labels: readonly Label[]): void => {
      const next = this.jobs.length - 1 - labels.length;
      if (next < 0) {
        this.#load(code, CELL.job).brTable(labels, done);
        return;
      }
      code.block((label) => nest([label, ...labels]));
      const { kernel, units } = this.jobs[next]!;
      bound(units, () => code.get(worker));
      bound(units, () => code.get(worker).i32(1).emit("i32.add"));
      code.get(worker).i32(bytes).emit("i32.mul").i32(scratch).emit("i32.add");
      for (let i = 0; i < addressesOf(kernel); i++) code.i32(frame).emit("i32.load", 4 * i);
      code.emit("call", kernel.index).br(done);
    };
    nest([]);
  }

  #addressOf(cell: number): number {
    return this.team.cells + 4 * cell;
  }

  #load(code: Code, cell: number): Code {
    return code.i32(this.#addressOf(cell)).emit("i32.atomic.load");
  }

  #store(code: Code, cell: number, value: Push): void {
    code.i32(this.#addressOf(cell));
    value();
    code.emit("i32.atomic.store");
  }

  #increase(code: Code, cell: number, by: number): void {
    code.i32(this.#addressOf(cell)).i32(by).emit("i32.atomic.rmw.add").emit("drop");
  }
}

/** How many addresses a kernel takes. */
export const addressesOf = ({ code }: Defined): number => code.signature.params.length - 3;
