/**
 * A process that has not compiled anything yet calls a training step: `W3` or `W4`. Prints how long
 * the first result took, and after what time the step was as fast as it gets, in milliseconds.
 */

import type { Contestant } from "./harness/contestant.js";
import { median } from "./harness/statistics.js";
import { classifier } from "./workloads/w3-classifier.js";
import { lstm } from "./workloads/w4-lstm.js";

const WATCHED = 600; // ms
const WINDOW = 5;
const NEAR = 1.1;

const [id, name] = process.argv.slice(2);
const { contestants } = id === "W3" ? classifier : lstm;

async function find(): Promise<Contestant> {
  for (const make of contestants) {
    const contestant = await make();
    if (contestant.name === name) return contestant;
  }
  throw new Error(`${name} does not run ${id}`);
}

const contestant = await find();
const start = performance.now();
await contestant.run(1);
const first = performance.now() - start;

const steps: { readonly end: number; readonly ms: number }[] = [];
while (performance.now() - start < Math.max(WATCHED, 3 * first) || steps.length < 20) {
  const ms = await contestant.run(1);
  steps.push({ end: performance.now() - start, ms });
}
const typical = (from: number, to: number) => median(steps.slice(from, to).map(({ ms }) => ms));
const steadyMs = typical(steps.length >> 1, steps.length);
const at = steps.findIndex((_, i) => typical(i, i + WINDOW) <= NEAR * steadyMs);
console.log(JSON.stringify({ first, steady: steps[Math.max(at, 0)]!.end }));
