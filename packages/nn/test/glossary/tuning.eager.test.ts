import { key, split, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  crossEntropy,
  Dense,
  evaluate,
  fit,
  gridSearch,
  randomSearch,
  type SearchRecord,
  Sequential,
  SGD,
  space,
  successiveHalving,
  type TrialContext,
} from "../../src/index.js";
import { penguins } from "../tasks/data.js";
import { relu, tanh } from "./examples.js";

describe("hyperparameter tuning", () => {
  const { inputs, targets, testInputs, testTargets } = penguins(0);
  const judged = { inputs: testInputs, targets: testTargets, loss: crossEntropy };

  type Chosen = { learningRate: number; units?: number; activation?: (z: Tensor) => Tensor };

  /** The validation loss after as many epochs as a trial may spend, going on from earlier ones. */
  async function objective(chosen: Chosen, { key: own, budget, memory }: TrialContext) {
    const { learningRate, units = 8, activation = relu } = chosen;
    const [first, second] = split(own);
    const kept = memory.get("model") as Sequential | undefined;
    const model =
      kept ??
      new Sequential(
        new Dense({ inputs: 4, units, activation, key: first! }),
        new Dense({ inputs: units, units: 3, key: second! }),
      );
    const spent = (memory.get("spent") as number | undefined) ?? 0;
    memory.set("model", model).set("spent", budget);
    await fit(model, {
      ...{ inputs, targets, loss: crossEntropy, epochs: budget - spent, batchSize: 64 },
      ...{ progress: false, key: own, compile: false },
      optimizer: new SGD(model.parameters(), { learningRate, momentum: 0.9 }),
    });
    return evaluate(model, judged).loss;
  }

  it("a grid tries every combination; the right rate wins, whatever the activation", async () => {
    const over = {
      learningRate: space.choice([1e-5, 1e-1]),
      activation: space.choice([relu, tanh]),
    };
    const result = await gridSearch(over, objective, { key: key(1) });
    expect(result.trials).toHaveLength(4);
    const rates = result.ranked.map(({ configuration }) => configuration.learningRate);
    expect(rates).toEqual([1e-1, 1e-1, 1e-5, 1e-5]);
    const unscored = gridSearch(over, (() => undefined) as never, { key: key(1) });
    await expect(unscored).rejects.toThrow(/the objective returned undefined, not a number/);
    expect(String(result)).toMatch(/^trial +learningRate +activation .*\n +\d +0\.1 +(relu|tanh)/);
  });

  it("a random search is the same for the same key, and goes on where it was broken off", async () => {
    const over = { learningRate: space.logUniform(1e-5, 1), units: space.integer(2, 16) };
    const options = { key: key(2), trials: 5 };
    const whole = await randomSearch(over, objective, options);
    const records: string[] = [];
    const powerCut = async (chosen: Chosen, trial: TrialContext) => {
      if (trial.number === 3) throw new Error("power cut");
      return objective(chosen, trial);
    };
    const onTrial = (_: unknown, record: SearchRecord) => void records.push(JSON.stringify(record));
    const broken = randomSearch(over, powerCut, { ...options, onTrial });
    await expect(broken).rejects.toThrow("power cut");
    const ran: number[] = [];
    const counted = (chosen: Chosen, trial: TrialContext) => {
      ran.push(trial.number);
      return objective(chosen, trial);
    };
    const resume = JSON.parse(records.at(-1)!) as SearchRecord;
    const resumed = await randomSearch(over, counted, { ...options, resume });
    expect(ran).toEqual([3, 4]);
    const found = (result: typeof whole) =>
      result.trials.map(({ configuration, score }) => [configuration, score]);
    expect(found(resumed)).toEqual(found(whole));
    for (const { configuration } of whole.trials) {
      expect(configuration.learningRate).toBeGreaterThan(1e-5);
      expect(configuration.units % 1).toBe(0);
    }
  });

  it("successive halving spends its epochs on the better rates, and resumes", async () => {
    const over = { learningRate: space.logUniform(1e-6, 1) };
    const options = { key: key(3), trials: 9 };
    const result = await successiveHalving(over, objective, options);
    const ofBudget = (budget: number) => result.trials.filter((trial) => trial.budget === budget);
    expect([1, 3, 9].map((budget) => ofBudget(budget).length)).toEqual([9, 3, 1]);
    // After 9 epochs the winner is far ahead of where the others were left after 1.
    expect(result.best).toMatchObject({ budget: 9 });
    const ordered = ofBudget(1)
      .map(({ score }) => score)
      .sort((a, b) => a - b);
    expect(result.best.score).toBeLessThan(0.5 * ordered[0]!);
    expect(result.best.configuration.learningRate).toBeGreaterThan(0.01);
    expect(result.best.configuration.learningRate).toBeLessThan(1);
    const again = await successiveHalving(
      over,
      () => {
        throw new Error("nothing is left to do");
      },
      { ...options, resume: JSON.parse(JSON.stringify(result)) },
    );
    expect(again.best.configuration).toEqual(result.best.configuration);
  });
});
