import { key, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  fit,
  gridSearch,
  randomSearch,
  type SearchRecord,
  SGD,
  type Space,
  space as spaces,
  successiveHalving,
  type TrialContext,
} from "../../src/index.js";
import { linear, plane } from "../support/regression.js";

const { choice, integer, logUniform, uniform } = spaces;

const square = (x: number) => x ** 2;
const cube = (x: number) => x ** 3;

const space = {
  rate: logUniform(1e-4, 1e-1),
  share: uniform(-1, 1),
  units: integer(2, 5),
  activation: choice([square, cube]),
};

describe("a space", () => {
  const drawn = (dimension: { sample(k: ReturnType<typeof key>): unknown }) =>
    Array.from({ length: 200 }, (_, i) => dimension.sample(key(i)));

  it("is drawn from within its bounds, evenly in its own scale", () => {
    const rates = drawn(space.rate) as number[];
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
    expect(Math.max(...rates)).toBeLessThan(1e-1);
    for (const decade of [1e-4, 1e-3, 1e-2]) {
      const within = rates.filter((rate) => rate >= decade && rate < 10 * decade);
      expect(within.length).toBeGreaterThan(45);
    }
    const shares = drawn(space.share) as number[];
    expect(Math.abs(shares.reduce((sum, x) => sum + x) / 200)).toBeLessThan(0.15);
    expect(new Set(drawn(space.units))).toEqual(new Set([2, 3, 4, 5]));
    expect(new Set(drawn(space.activation))).toEqual(new Set([square, cube]));
  });

  it("has a grid that reaches its ends", () => {
    expect(space.rate.grid(4).map((x) => Number(x.toPrecision(12)))).toEqual([
      1e-4, 1e-3, 1e-2, 0.1,
    ]);
    expect(space.share.grid(3)).toEqual([-1, 0, 1]);
    expect(space.units.grid(9)).toEqual([2, 3, 4, 5]);
    expect(space.activation.grid(1)).toEqual([square, cube]);
  });

  it.each([
    [() => uniform(1, 1), "the range is from 1 to 1"],
    [() => logUniform(0, 1), "the range is from 0 to 1"],
    [() => integer(2.5, 3), "no integers from 2.5 to 3"],
    [() => choice([]), "no values"],
  ])("refuses %s", (make, message) => {
    expect(make).toThrow(message);
  });
});

type Chosen = { rate: number; share: number; units: number };
const objective = ({ rate, share, units }: Chosen) =>
  Math.abs(Math.log10(rate) + 3) + share ** 2 + units / 100;

describe("gridSearch", () => {
  it("tries every combination, finds the best and prints a table", async () => {
    const result = await gridSearch(space, objective, { key: key(1), points: 4 });
    expect(result.trials).toHaveLength(4 * 4 * 4 * 2);
    const { rate, share, units } = result.best.configuration;
    expect(rate).toBeCloseTo(1e-3, 12);
    expect(Math.abs(share)).toBeCloseTo(1 / 3, 12);
    expect(units).toBe(2);
    const lines = result.toString().split("\n");
    expect(lines[0]).toMatch(/trial +rate +share +units +activation +budget +score +seconds/);
    expect(lines[1]).toContain("square");
    expect(lines).toHaveLength(129);
  });
});

describe("randomSearch", () => {
  const options = { key: key(5), trials: 12 };

  it("gives the same trials for the same key, in any order of their ends", async () => {
    const one = await randomSearch(space, objective, options);
    const keys: string[] = [];
    const slow = async (chosen: Chosen, { key: own, number }: TrialContext) => {
      keys.push(String(own.toArray()));
      await new Promise((resolve) => setTimeout(resolve, 5 * (number % 3)));
      return objective(chosen);
    };
    const parallel = await randomSearch(space, slow, { ...options, parallel: 4 });
    const untimed = (trials: typeof one.trials) => trials.map(({ seconds, ...trial }) => trial);
    expect(untimed(parallel.trials)).toEqual(untimed(one.trials));
    expect(new Set(keys).size).toBe(12);
    const other = await randomSearch(space, objective, { ...options, key: key(6) });
    expect(other.best.configuration).not.toEqual(one.best.configuration);
    const scores = one.ranked.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    const most = await randomSearch(space, objective, { ...options, maximize: true });
    expect(most.best.score).toBe(scores.at(-1));
  });

  it("goes on from its record as JSON, and for longer", async () => {
    const whole = await randomSearch(space, objective, options);
    const records: string[] = [];
    const broken = randomSearch(
      space,
      (chosen, { number }) => {
        if (number === 7) throw new Error("power cut");
        return objective(chosen);
      },
      { ...options, onTrial: (_, record) => void records.push(JSON.stringify(record)) },
    );
    await expect(broken).rejects.toThrow("power cut");
    const resume: SearchRecord = JSON.parse(records.at(-1)!);
    let calls = 0;
    const counted = (chosen: Chosen) => {
      calls++;
      return objective(chosen);
    };
    const resumed = await randomSearch(space, counted, { ...options, trials: 14, resume });
    expect(calls).toBe(7);
    expect(resumed.trials.slice(0, 12).map(({ score }) => score)).toEqual(
      whole.trials.map(({ score }) => score),
    );
    const wider: Space = { ...space, rate: logUniform(1e-5, 1) };
    const other = randomSearch(wider, () => 0, { ...options, resume });
    await expect(other).rejects.toThrow(/the record is of randomSearch\(.*1e-4|0.0001/);
  });

  it("counts a training that diverges as the worst, and stops at other errors", async () => {
    const rates = { learningRate: choice([0.1, 1e200]) };
    const result = await gridSearch(
      rates,
      async ({ learningRate }, { key: own }) => {
        const { model, loss } = linear();
        const optimizer = new SGD(model.parameters(), { learningRate });
        const shared = { ...plane(8), loss, optimizer, epochs: 9, progress: false as const };
        const { epochs } = await fit(model, { ...shared, key: own });
        return epochs.at(-1)!.loss;
      },
      { key: key(1) },
    );
    expect(result.best.configuration.learningRate).toBe(0.1);
    expect(result.ranked[1]).toMatchObject({ score: Number.NaN });
    expect(result.ranked[1]!.error).toMatch(/diverged at epoch \d/);
    expect(result.toString()).toContain("diverged at epoch");
    const again = await gridSearch(rates, () => Number.NaN, {
      key: key(1),
      resume: JSON.parse(JSON.stringify(result)),
    }).catch((error) => error);
    expect(again.trials.map(({ score }: { score: number }) => score)).toEqual(
      result.trials.map(({ score }) => score),
    );
    const buggy = gridSearch(rates, () => tensor([1, 2]).item(), { key: key(1) });
    await expect(buggy).rejects.toThrow();
  });
});

describe("successiveHalving", () => {
  const options = { key: key(2), trials: 9, minBudget: 2 };

  it("gives the better ones more, which may go on from what they had", async () => {
    const rounds: Record<number, number> = {};
    const result = await successiveHalving(
      { share: uniform(0, 1) },
      ({ share }, { budget, memory }) => {
        rounds[budget] = (rounds[budget] ?? 0) + 1;
        const spent = (memory.get("spent") as number | undefined) ?? 0;
        memory.set("spent", budget);
        expect(spent).toBe(budget === 2 ? 0 : budget / 3);
        return share + 1 / budget;
      },
      options,
    );
    expect(rounds).toEqual({ 2: 9, 6: 3, 18: 1 });
    const first = result.trials.filter(({ budget }) => budget === 2);
    const least = Math.min(...first.map(({ configuration }) => configuration.share));
    expect(result.best).toMatchObject({ budget: 18, configuration: { share: least } });
  });

  it("goes on from its record", async () => {
    const plain = { share: uniform(0, 1) };
    const score = ({ share }: { share: number }) => share;
    const whole = await successiveHalving(plain, score, options);
    const { trials, ...record } = whole.toJSON();
    const resume = { ...record, trials: trials.slice(0, 10) };
    const budgets: number[] = [];
    const rest = await successiveHalving(
      plain,
      (chosen, { budget }) => {
        budgets.push(budget);
        return score(chosen);
      },
      { ...options, resume },
    );
    expect(budgets).toEqual([6, 6, 18]);
    expect(rest.best.configuration).toEqual(whole.best.configuration);
  });
});
