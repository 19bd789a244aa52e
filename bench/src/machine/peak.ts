import { type Contestant, local } from "../harness/contestant.js";
import { assemble, code, V128 } from "./assemble.js";
import { allocate } from "./web-assembly.js";

export const PEAK = "WASM SIMD peak";

/** Independent chains of mul + add: enough to hide their latency, few enough for 15 registers. */
const CHAINS = [10, 12, 13];
const CHUNK = 4_000;

/** x ← x·a + b in registers: 8 floating-point operations a chain and turn. */
function multiplyAdd(chains: number): (turns: number) => void {
  const { get, set, tee, i32, splat, loop, mul, add, store, i32Sub } = code;
  const [a, b, first] = [1, 2, 3];
  const registers = Array.from({ length: chains }, (_, i) => first + i);
  return assemble(
    1,
    [V128, V128, ...registers.map(() => V128)],
    [
      ...[...splat(0.999), ...set(a), ...splat(0.001), ...set(b)],
      ...loop([
        ...registers.flatMap((x) => [...get(x), ...get(a), ...mul, ...get(b), ...add, ...set(x)]),
        ...[...get(0), ...i32(1), ...i32Sub, ...tee(0)],
      ]),
      // Stored, or else the compiler would find that nobody wants the numbers.
      ...registers.flatMap((x, i) => [...i32(0), ...get(x), ...store(16 * i)]),
    ],
    allocate(1),
  );
}

const kernels = CHAINS.map((chains) => ({ run: multiplyAdd(chains), flops: 8 * chains * CHUNK }));

function timeOnce(run: (turns: number) => void): number {
  const start = performance.now();
  run(CHUNK);
  return performance.now() - start;
}

/** Operations a millisecond of the kernel that was fastest of all, warm. */
function fastest() {
  const rate = ({ run, flops }: (typeof kernels)[number]) =>
    flops / Math.min(...Array.from({ length: 200 }, () => timeOnce(run)));
  return kernels
    .map((kernel) => ({ ...kernel, rate: rate(kernel) }))
    .sort((a, b) => b.rate - a.rate)[0]!;
}

/** The time that `flops` operations take when nothing but mul and add in registers is done. */
export const peak = (flops: number) => (): Contestant => {
  const kernel = fastest();
  const turns = Math.max(1, Math.round((flops / kernel.flops) * CHUNK));
  return local(PEAK, { run: () => kernel.run(turns), output: () => [] });
};

/** GFLOP/s of the machine, now. */
export const peakRate = (): number => fastest().rate / 1e6;
