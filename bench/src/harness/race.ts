import type { Contestant } from "./contestant.js";
import { median } from "./statistics.js";

/** Milliseconds of one run, a number a round; null in rounds that a slow contestant sat out. */
export type Times = ReadonlyMap<string, readonly (number | null)[]>;

const WARM_UP = 400; // ms: V8 optimises a WebAssembly module within 350 calls or 35 ms
const TURN = 15; // ms a contestant runs in a round, where many runs fit
const STRETCHES = 5; // parts of a turn, of which the median counts: one may be interrupted
const BUDGET = 6000; // ms for all rounds
const [FEWEST, MOST] = [9, 41];
const SLOW = 1000; // ms a run: takes part in SLOW_TURNS rounds only
const SLOW_TURNS = 3;

/**
 * Times contestants in interleaved rounds, everyone in turn, another one first each time: what
 * slows the machine for a while slows all, and ratios of one round stay true.
 */
export async function race(contestants: readonly Contestant[]): Promise<Times> {
  const entries = [];
  for (const contestant of contestants) {
    const ms = await warmUp(contestant);
    const stretches = Math.max(1, Math.min(STRETCHES, Math.floor(TURN / ms)));
    entries.push({ contestant, ms, stretches, count: Math.ceil(TURN / stretches / ms) });
  }
  const isSlow = (ms: number) => ms > SLOW;
  const round = entries.reduce(
    (sum, { ms, stretches, count }) => sum + (isSlow(ms) ? 0 : ms * stretches * count),
    0,
  );
  const rounds = Math.min(MOST, Math.max(FEWEST, Math.floor(BUDGET / Math.max(round, 1))));
  const stride = Math.floor(rounds / SLOW_TURNS);
  const times = new Map(contestants.map(({ name }) => [name, [] as (number | null)[]]));
  for (let i = 0; i < rounds; i++) {
    for (let turn = 0; turn < entries.length; turn++) {
      const { contestant, ms, stretches, count } = entries[(turn + i) % entries.length]!;
      const sitsOut = isSlow(ms) && (i % stride !== 0 || i / stride >= SLOW_TURNS);
      const taken = sitsOut ? null : await takeTurn(contestant, stretches, count);
      times.get(contestant.name)!.push(taken);
    }
  }
  return times;
}

/** The milliseconds of a run: the median of a few stretches. */
async function takeTurn(contestant: Contestant, stretches: number, count: number) {
  const taken: number[] = [];
  for (let i = 0; i < stretches; i++) taken.push((await contestant.run(count)) / count);
  return median(taken);
}

/** Runs until it is fast; returns the milliseconds of a run. */
async function warmUp(contestant: Contestant): Promise<number> {
  let ms = await contestant.run(1);
  for (let spent = ms; spent < WARM_UP; ) {
    const count = Math.max(1, Math.min(50, Math.ceil(TURN / ms)));
    const taken = await contestant.run(count);
    spent += taken;
    ms = Math.max(taken / count, 1e-5);
  }
  return ms;
}

/** The median time of a run, in milliseconds. */
export const timeOf = (times: Times, name: string): number =>
  median(times.get(name)!.filter((ms) => ms !== null));

/** The time of one over that of the other, for each round that both ran in. */
export function ratios(times: Times, numerator: string, denominator: string): number[] {
  const below = times.get(denominator)!;
  return times.get(numerator)!.flatMap((ms, i) => {
    const other = below[i] ?? null;
    return ms === null || other === null ? [] : ms / other;
  });
}
