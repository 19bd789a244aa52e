import type { Contestant, Numbers } from "./contestant.js";
import type { Agreement } from "./workload.js";

/** Runs from the initial state; what was computed at the steps that are compared. */
export async function outputsOf(contestant: Contestant, steps: readonly number[]) {
  const outputs: Numbers[] = [];
  let done = 0;
  for (const step of steps) {
    await contestant.run(step + 1 - done);
    done = step + 1;
    outputs.push(await contestant.output());
  }
  return outputs;
}

/** The largest difference over the largest number of the reference; NaN if either has one. */
function distance(expected: Numbers, actual: Numbers): number {
  if (actual.length !== expected.length) {
    throw new Error(`${actual.length} numbers, expected ${expected.length}`);
  }
  let [worst, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return worst === 0 ? 0 : worst / largest;
}

/** Refuses a contestant that computes something else; returns how far it is from the reference. */
export async function checkAgreement(
  contestant: Contestant,
  expected: readonly Numbers[],
  { steps, tolerance }: Agreement,
): Promise<number> {
  const outputs = await outputsOf(contestant, steps);
  const apart = Math.max(...outputs.map((output, i) => distance(expected[i]!, output)));
  if (apart <= tolerance) return apart;
  throw new Error(`${apart} from the reference, ${tolerance} is allowed`);
}
