import { warnOnce } from "../../warnings.js";
import { engineMemory } from "./engine.js";
import { bytesOfCells, CELL, gotCell } from "./threads-cells.js";
import type { Team } from "./threads-code.js";
import { type Message, type PoolWorker, startWorker } from "./threads-worker.js";

/**
 * Workers that help the calling thread with the steps of all functions compiled for so many
 * threads. They start with the first step and end when the last one is collected.
 */
export class ThreadPool {
  readonly #address: number;
  readonly #cells: Int32Array;
  readonly #steps = new Set<number>();
  readonly #owners = new FinalizationRegistry<number>((step) => this.#drop(step));
  #workers: readonly PoolWorker[] = [];
  #last = 0;
  #failed = false;

  constructor(readonly threads: number) {
    const bytes = bytesOfCells(threads);
    // For good: a worker that is being ended may still write to it.
    this.#address = engineMemory().take(bytes);
    // Shared memory that grows stays where it is, and so does what is seen through its old buffer.
    this.#cells = new Int32Array(engineMemory().memory.buffer, this.#address, bytes / 4).fill(0);
    this.#cells[CELL.sent] = 1; // more than any worker has got
  }

  /** A number for a step that is about to be compiled, and who computes it. */
  team(): Team {
    return { threads: this.threads, cells: this.#address, step: ++this.#last };
  }

  /** Gives a step to the workers: until they have it, it runs on the calling thread alone. */
  add(owner: object, { step }: Team, module: object): void {
    if (this.#failed) return;
    if (this.#workers.length === 0) this.#start();
    this.#steps.add(step);
    this.#owners.register(owner, step);
    this.#tell(step, module);
  }

  /** Whether there are workers that have all steps, so that the next call of one uses them. */
  get isReady(): boolean {
    const cells = this.#cells;
    const all = Atomics.load(cells, CELL.sent);
    const workers = [...this.#workers.keys()];
    return workers.length > 0 && workers.every((i) => Atomics.load(cells, gotCell(i + 1)) === all);
  }

  #drop(step: number): void {
    this.#steps.delete(step);
    if (this.#steps.size > 0) this.#tell(step);
    else this.#end();
  }

  #tell(step: number, module?: object): void {
    const cells = this.#cells;
    const sent = Atomics.add(cells, CELL.sent, 1) + 1;
    const { memory } = engineMemory();
    const message = { sent, memory, cells: this.#address, step, ...(module && { module }) };
    for (const [i, worker] of this.#workers.entries()) {
      worker.postMessage({ ...message, worker: i + 1, own: gotCell(i + 1) } satisfies Message);
    }
    Atomics.store(cells, CELL.step, 0);
    Atomics.add(cells, CELL.go, 1);
    Atomics.notify(cells, CELL.go);
  }

  #start(): void {
    try {
      this.#workers = Array.from({ length: this.threads - 1 }, () =>
        startWorker((reason) => this.#fail(reason)),
      );
    } catch (error) {
      this.#fail((error as Error).message);
    }
  }

  #end(): void {
    for (const worker of this.#workers) worker.terminate();
    this.#workers = [];
  }

  #fail(reason: string): void {
    this.#failed = true;
    Atomics.add(this.#cells, CELL.sent, 1);
    this.#end();
    const problem = `no worker could be started, so steps run on one thread: ${reason}`;
    warnOnce(
      "threads",
      problem,
      "allow workers: in a page's Content-Security-Policy, worker-src blob:",
    );
  }
}
