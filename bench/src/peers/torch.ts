import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Contestant } from "../harness/contestant.js";
import { MissingPeer } from "../harness/workload.js";

/** Arrays that a program of bench/python gets, by name. */
export interface Inputs {
  readonly [name: string]: {
    readonly data: Float32Array | Float64Array | Int32Array;
    readonly shape: readonly number[];
  };
}

const NAME = "PyTorch";
const SERVER = "python/server.py"; // from bench/, where start.ts runs everything

type Reply = { readonly [field: string]: unknown };

/** The Python process: one line of JSON for each request, and one for each reply. */
class Python {
  readonly #process: ChildProcess;
  readonly #replies: AsyncIterator<string>;

  constructor() {
    this.#process = spawn("python3", [SERVER], { stdio: ["pipe", "pipe", "inherit"] });
    this.#process.on("error", () => {}); // no python3: the stream of replies ends
    this.#process.stdin!.on("error", () => {});
    this.#replies = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  async read(): Promise<Reply> {
    const { value, done } = await this.#replies.next();
    if (done) throw new Error("python3 ended");
    const reply = JSON.parse(value) as Reply;
    if ("error" in reply) throw new Error(`PyTorch: ${reply.error}`);
    return reply;
  }

  ask(request: object): Promise<Reply> {
    this.#process.stdin!.write(`${JSON.stringify(request)}\n`);
    return this.read();
  }

  end(): void {
    this.#process.stdin!.end();
  }
}

let python: { readonly process: Python; readonly version: string } | undefined;

async function start(): Promise<Python> {
  if (!python) {
    const process = new Python();
    try {
      const { version } = await process.read();
      python = { process, version: String(version) };
    } catch (error) {
      throw new MissingPeer(NAME, (error as Error).message);
    }
  }
  return python.process;
}

/** The version in use; null before the first contestant, or without PyTorch. */
export const torchVersion = (): string | null => python?.version ?? null;

export const endTorch = (): void => python?.process.end();

/** PyTorch on the CPU, eager, one thread; `program` is a function of bench/python/programs.py. */
export const torch = (program: string, inputs: Inputs) => async (): Promise<Contestant> => {
  const process = await start();
  const encoded = Object.entries(inputs).map(([name, { data, shape }]) => {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const dtype = data.constructor.name.replace("Array", "").toLowerCase();
    return [name, { dtype, shape, base64: bytes.toString("base64") }];
  });
  const { id } = await process.ask({
    ask: "prepare",
    program,
    inputs: Object.fromEntries(encoded),
  });
  return {
    name: NAME,
    run: async (count) => (await process.ask({ ask: "run", id, count })).ms as number,
    async output() {
      const { base64 } = await process.ask({ ask: "output", id });
      const bytes = Buffer.from(base64 as string, "base64");
      return new Float32Array(new Uint8Array(bytes).buffer);
    },
  };
};
