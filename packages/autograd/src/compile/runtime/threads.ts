import { ValueError } from "../../errors.js";
import { warnOnce } from "../../warnings.js";
import { shareEngineMemory } from "./engine.js";
import { ThreadPool } from "./threads-pool.js";
import { webAssembly } from "./web-assembly.js";

/** More than this were a mistake. */
const MOST = 64;

let chosen = 1;
const pools = new Map<number, ThreadPool>();

/**
 * Sets how many threads a compiled function uses unless `compile` is told; results are the same,
 * to the bit. All compiled functions share one memory, and whether threads can reach it is decided
 * when it is made: call this before the first of them runs, or a ValueError says so. In a browser,
 * the page must be cross-origin isolated.
 */
export function setThreads(threads: number): void {
  chosen = checked("setThreads", threads);
}

/** How many threads to compile for: what is asked for here, or else the setting. */
export const threadsFor = (asked: number | undefined): number =>
  asked === undefined ? chosen : checked("compile", asked);

/** The workers for steps of so many threads. */
export function poolOf(threads: number): ThreadPool {
  const pool = pools.get(threads) ?? new ThreadPool(threads);
  pools.set(threads, pool);
  return pool;
}

/** So many threads, if they can share memory: 1 where it cannot be shared at all. */
function checked(op: string, threads: number): number {
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST) {
    throw new ValueError(op, `threads is ${threads}`, {
      fix: `give a whole number from 1 to ${MOST}`,
    });
  }
  if (threads === 1 || !webAssembly) return 1;
  if (!canShare()) {
    const problem = "the page is not cross-origin isolated, so steps run on one thread";
    const headers =
      "Cross-Origin-Opener-Policy: same-origin, Cross-Origin-Embedder-Policy: require-corp";
    warnOnce("threads", problem, `send the headers ${headers}`);
    return 1;
  }
  if (!shareEngineMemory()) {
    throw new ValueError(
      op,
      "functions were compiled before, for one thread, and all share their memory",
      {
        fix: `call setThreads(${threads}) before the first compiled function runs`,
      },
    );
  }
  return threads;
}

function canShare(): boolean {
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
  return typeof SharedArrayBuffer === "function" && crossOriginIsolated !== false;
}
