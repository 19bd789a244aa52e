import { CELL } from "./threads-cells.js";

/** What a worker is sent: a step to take part in from now on, or, without a module, no longer. */
export interface Message {
  /** The number of this message. */
  readonly sent: number;
  readonly memory: object;
  readonly cells: number;
  /** The cell in which the worker says which messages it has got. */
  readonly own: number;
  readonly worker: number;
  readonly step: number;
  readonly module?: object;
}

/** A worker of Node or of a browser. */
export interface PoolWorker {
  postMessage(message: Message): void;
  terminate(): unknown;
}

interface BrowserWorker extends PoolWorker {
  onerror: (event: { readonly message?: string }) => void;
}

interface Surroundings {
  readonly process?: Partial<Pick<typeof process, "getBuiltinModule">>;
  readonly Worker?: new (url: string) => BrowserWorker;
}

/**
 * Starts a worker that does not keep the process alive. `failed` hears why it cannot run: now, as
 * an error, or later.
 */
export function startWorker(failed: (reason: string) => void): PoolWorker {
  const { process, Worker } = globalThis as Surroundings;
  const node = process?.getBuiltinModule?.("node:worker_threads");
  if (node) {
    const worker = new node.Worker(SOURCE, { eval: true, execArgv: [], env: {} });
    worker.on("error", ({ message }) => failed(message));
    worker.unref();
    return worker;
  }
  if (!Worker) throw new Error("there are no workers here");
  // Made once: a page may have thousands of steps.
  url ??= URL.createObjectURL(new Blob([SOURCE], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.onerror = ({ message }) => failed(message ?? "the page's policy forbids it");
  return worker;
}

let url: string | undefined;

/**
 * Between messages a worker is in the `work` of some step, which returns when `go` is counted up
 * for another step, or for mail. It says what it has got only if there is no more of it; if `go`
 * is counted up for more in between, it no longer stands where it was seen, and the wait ends.
 */
const SOURCE = `
const { parentPort } = globalThis.process?.getBuiltinModule?.("node:worker_threads") ?? {};
const steps = new Map();
const absent = () => { throw new Error("only the calling thread calls JavaScript"); };

(parentPort ?? globalThis).onmessage = ({ data }) => {
  const { sent, memory, worker, own, step, module } = data;
  if (module) {
    const host = { memory };
    for (const { name, kind } of WebAssembly.Module.imports(module)) {
      if (kind === "function") host[name] = absent;
    }
    steps.set(step, new WebAssembly.Instance(module, { host }).exports.work);
  } else steps.delete(step);

  const cells = new Int32Array(memory.buffer, data.cells, own + 1);
  let seen = Atomics.load(cells, ${CELL.go});
  if (Atomics.load(cells, ${CELL.sent}) !== sent) return;
  Atomics.store(cells, own, sent);
  let [work] = steps.values();
  for (;;) {
    work(worker, seen);
    const next = Atomics.load(cells, ${CELL.step});
    if (next === 0) return;
    work = steps.get(next);
    seen = Atomics.load(cells, ${CELL.go}) - 1;
  }
};
`;
