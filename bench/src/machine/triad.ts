import { type Contestant, local } from "../harness/contestant.js";
import { assemble, code, V128 } from "./assemble.js";
import { allocate, type Memory } from "./web-assembly.js";

export const TRIAD = "triad";
const UNROLLED = 4;

/** a ← b + 0.5·c over three arrays, as STREAM does it (McCalpin, 1995), 16 numbers a turn. */
function triadKernel(memory: Memory) {
  const { get, set, tee, i32, splat, loop, mul, add, load, store, i32Add, i32Sub } = code;
  const [a, b, c, left, factor] = [0, 1, 2, 3, 4];
  const parts = Array.from({ length: UNROLLED }, (_, i) => 16 * i);
  return assemble(
    4,
    [V128],
    [
      ...[...splat(0.5), ...set(factor)],
      ...loop([
        ...parts.flatMap((at) => [
          ...[...get(a), ...get(b), ...load(at)],
          ...[...get(c), ...load(at), ...get(factor), ...mul, ...add, ...store(at)],
        ]),
        ...[a, b, c].flatMap((p) => [...get(p), ...i32(16 * UNROLLED), ...i32Add, ...set(p)]),
        ...[...get(left), ...i32(1), ...i32Sub, ...tee(left)],
      ]),
    ],
    memory,
  );
}

/** The triad over `bytes` in all; a run moves each of them once. */
function prepare(bytes: number): () => void {
  const turns = Math.floor(bytes / 3 / (16 * UNROLLED));
  const size = turns * 16 * UNROLLED;
  // Arrays that begin at equal offsets of a page compete for the same lines of the cache.
  const stride = size + 1088;
  const memory = allocate(3 * stride);
  new Float32Array(memory.buffer).fill(1);
  const kernel = triadKernel(memory);
  return () => kernel(0, stride, 2 * stride, turns);
}

/** The time that moving `traffic` bytes takes, in and out of a working set of `bytes`. */
export const triad = (bytes: number, traffic: number) => (): Contestant => {
  const run = prepare(bytes);
  const { run: once } = local(TRIAD, { run, output: () => [] });
  return {
    name: TRIAD,
    run: async (count) => ((await once(count)) * traffic) / bytes,
    output: () => [],
  };
};

/** GB/s of a working set, now: the fastest of some runs. */
export function bandwidth(bytes: number): number {
  const run = prepare(bytes);
  const calls = Math.max(1, Math.round(4e7 / bytes));
  const times = Array.from({ length: 40 }, () => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) run();
    return (performance.now() - start) / calls;
  });
  return bytes / Math.min(...times) / 1e6;
}
