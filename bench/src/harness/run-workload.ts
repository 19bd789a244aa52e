import { checkAgreement, outputsOf } from "./agreement.js";
import type { Contestant } from "./contestant.js";
import { OURS } from "./names.js";
import { race, ratios, type Times, timeOf } from "./race.js";
import type { Measured, Row, Timing } from "./result.js";
import { median, spread } from "./statistics.js";
import { type Goal, type Maker, MissingPeer, type Workload } from "./workload.js";

/** Equality first, then times: what one workload says. Prints what it leaves out. */
export async function runWorkload(workload: Workload): Promise<Measured> {
  const { agreement, goals } = workload;
  const [reference] = await gather([workload.reference]);
  const expected = await outputsOf(reference!, agreement.steps);
  const agreeing: Contestant[] = [];
  const apart = new Map<string, number>();
  const failures: string[] = [];
  for (const peer of await gather(workload.contestants)) {
    const isOurs = peer.name.startsWith(OURS); // compiled or not, in threads or not: the same bits
    const tolerance = isOurs ? 0 : agreement.tolerance;
    try {
      apart.set(peer.name, await checkAgreement(peer, expected, { ...agreement, tolerance }));
      agreeing.push(peer);
    } catch (error) {
      failures.push(`${peer.name}: ${(error as Error).message}`);
    }
  }

  const isTimed = goals.some(({ of }) => of === reference!.name); // eager may take seconds
  const yardsticks = await gather(workload.yardsticks ?? []);
  const all = [...agreeing, ...(isTimed ? [reference!] : []), ...yardsticks];
  const times = await race(all);
  const timings = all.map(({ name }): Timing => {
    const taken = times.get(name)!.filter((ms) => ms !== null);
    return { name, ms: median(taken), spread: spread(taken), apart: apart.get(name) };
  });
  const rows = goals
    .filter(({ against, of = OURS }) => times.has(against) && times.has(of))
    .map((goal) => rowOf(workload, goal, times));
  return { timings, rows, failures };
}

async function gather(makers: readonly Maker[]): Promise<Contestant[]> {
  const found: Contestant[] = [];
  for (const make of makers) {
    try {
      found.push(await make());
    } catch (error) {
      if (!(error instanceof MissingPeer)) throw error;
      console.log(`  ${error.message}`);
    }
  }
  return found;
}

function rowOf({ id, title }: Workload, goal: Goal, times: Times): Row {
  const { of = OURS, against, measure, target, stretch } = goal;
  const values = measure === "time" ? ratios(times, of, against) : ratios(times, against, of);
  return {
    id,
    title,
    subject: of,
    against,
    ours: timeOf(times, of),
    theirs: timeOf(times, against),
    unit: measure,
    value: median(values),
    spread: spread(values),
    target,
    stretch,
  };
}
