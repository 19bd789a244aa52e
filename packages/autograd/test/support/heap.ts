import { expect } from "vitest";

const MEBIBYTE = 2 ** 20;

interface FlatOptions {
  /** How many steps to measure, after a quarter as many that warm up caches and compiled code. */
  readonly steps: number;
  /** How much more memory the second half of the steps may leave in use, in bytes. */
  readonly margin: number;
}

/**
 * Runs a step over and over and measures, at ten points, the memory that is still in use after a
 * collection: objects, and the elements of typed arrays. What is in use beside the steps comes and
 * goes, and only ever adds; so the least of the first five points is compared with that of the last
 * five, which a leak would raise by what half of the steps keep.
 */
export async function expectFlatHeap(
  step: () => void,
  { steps, margin }: FlatOptions,
): Promise<void> {
  const run = (count: number) => {
    for (let i = 0; i < count; i++) step();
  };
  run(steps / 4);
  const points: number[] = [];
  for (let point = 0; point < 10; point++) {
    run(steps / 10);
    points.push(await inUse());
  }
  const shown = points.map((bytes) => (bytes / MEBIBYTE).toFixed(3)).join(" ");
  const growth = Math.min(...points.slice(5)) - Math.min(...points.slice(0, 5));
  const place = expect.getState().currentTestName;
  console.log(`${place}: ${shown} MiB in use at ${steps / 10} steps each, growth ${growth} bytes`);
  expect(growth, `bytes between the halves of ${shown} MiB`).toBeLessThan(margin);
}

/** Finalizers run after a macrotask, and what they let go is collected by the next round. */
async function inUse(): Promise<number> {
  const { gc } = globalThis;
  if (!gc) throw new Error("run with --expose-gc, as the project long does: npm run test:long");
  for (let round = 0; round < 3; round++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
