import { key } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  AdamW,
  accuracy,
  BatchNorm1d,
  crossEntropy,
  Dense,
  Dropout,
  earlyStopping,
  evaluate,
  type FitOptions,
  fit,
  l1Penalty,
  predict,
  probe,
  Sequential,
  take,
} from "../../src/index.js";
import { digits } from "../tasks/data.js";
import { iris, network, rangeOf } from "./examples.js";

const flowers = iris();
const all = digits(1);
const few = {
  inputs: take(all.inputs, rangeOf(0, 60)),
  targets: take(all.targets, rangeOf(0, 60)),
};
const others = { inputs: all.testInputs, targets: all.testTargets };

/** Trains on so few digits that they can be learnt by heart. */
function learn(model: Sequential, options: Partial<FitOptions> = {}) {
  return fit(model, {
    ...{ ...few, loss: crossEntropy, epochs: 30, batchSize: 30, progress: false, key: key(3) },
    optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
    ...options,
  });
}

describe("dropout, L1/L2, batch normalisation, early stopping", () => {
  it("dropout drops a share in training and scales the rest, and nothing in evaluation", async () => {
    const dropout = new Dropout({ p: 0.4, key: key(5) });
    const model = new Sequential(
      new Dense({ inputs: 64, units: 64, activation: (z) => z.sigmoid(), key: key(1) }),
      dropout,
      new Dense({ inputs: 64, units: 10, key: key(2) }),
    );
    await learn(model);
    const { activations } = probe(model, few.inputs);
    const [whole, dropped] = [activations["0"]!, activations["1"]!].map((x) => x.toTypedArray());
    const kept = rangeOf(0, whole!.length).filter((i) => dropped![i] !== 0);
    expect(kept.length / whole!.length).toBeCloseTo(0.6, 1);
    for (const i of kept) expect(dropped![i]! / whole![i]!).toBeCloseTo(1 / 0.6, 4);
    expect(model.apply(few.inputs).toArray()).not.toEqual(model.apply(few.inputs).toArray());
    const [first, second] = [predict(model, few.inputs), predict(model, few.inputs)];
    expect(first.toArray()).toEqual(second.toArray());
    expect(model.training).toBe(true);
    expect(accuracy(first, few.targets).item()).toBeGreaterThan(0.9);
  });

  it("L1 brings weights to nearly nothing, L2 and weight decay make them all smaller", async () => {
    const train = async (options: Partial<FitOptions>, weightDecay = 0) => {
      const model = network([64, 16, 10]);
      const parameters = model.parameters();
      const optimizer = new AdamW(parameters, { learningRate: 0.01, weightDecay });
      await learn(model, { optimizer, ...options });
      const weights = Array.from(parameters[0]!.toTypedArray(), Math.abs);
      const sum = weights.reduce((a, b) => a + b);
      expect(l1Penalty([parameters[0]!]).item()).toBeCloseTo(sum, 2);
      return {
        nearZero: weights.filter((w) => w < 0.01).length / weights.length,
        norm: Math.hypot(...weights),
      };
    };
    const [free, lasso, ridge] = [
      await train({}),
      await train({ l1: 0.01 }),
      await train({ l2: 0.01 }),
    ];
    const decayed = await train({}, 1);
    expect(lasso.nearZero).toBeGreaterThan(0.5);
    expect(lasso.nearZero).toBeGreaterThan(3 * free.nearZero);
    expect(lasso.nearZero).toBeGreaterThan(1.3 * ridge.nearZero);
    for (const { norm } of [ridge, decayed]) expect(norm).toBeLessThan(0.8 * free.norm);
  });

  it("batch normalisation uses the batch in training, and what it remembers in evaluation", async () => {
    const { inputs, targets } = flowers;
    const norm = new BatchNorm1d({ numFeatures: 8 });
    const model = new Sequential(
      new Dense({ inputs: 4, units: 8, key: key(1) }),
      norm,
      (z) => z.relu(),
      new Dense({ inputs: 8, units: 3, key: key(2) }),
    );
    await learn(model, { inputs, targets });
    const ofBatch = probe(new Sequential(model.layers[0]!, norm), inputs).activations["1"]!;
    const [gain, shift] = norm.parameters().map((own) => Array.from(own.toTypedArray()));
    const [means, deviations] = [ofBatch.mean(0), ofBatch.variance(0, { correction: 0 }).sqrt()];
    for (const [unit, mean] of (means.toArray() as number[]).entries()) {
      expect(mean).toBeCloseTo(shift![unit]!, 4);
      const deviation = (deviations.toArray() as number[])[unit]!;
      expect(deviation).toBeCloseTo(Math.abs(gain![unit]!), 3);
    }
    // One flower alone is judged as it is among all of them.
    const [alone, among] = [predict(model, inputs.slice([7, 8])), predict(model, inputs)];
    for (const [i, logit] of Array.from(alone.toTypedArray()).entries()) {
      expect(logit).toBeCloseTo(among.toTypedArray()[21 + i]!, 5);
    }
    expect(accuracy(among, targets).item()).toBeGreaterThan(0.95);
  });

  it("early stopping stops, and brings the best epoch back", async () => {
    const model = network([64, 64, 10]);
    const history = await learn(model, {
      ...{ epochs: 200, validation: others, callbacks: [earlyStopping({ patience: 5 })] },
    });
    expect(history.stopped).toBe(true);
    expect(history.epochs.length).toBeLessThan(100);
    const losses = history.epochs.map(({ validationLoss }) => validationLoss!);
    const best = losses.indexOf(Math.min(...losses));
    expect(best).toBe(losses.length - 6);
    const now = evaluate(model, { ...others, loss: crossEntropy }).loss;
    expect(now).toBeCloseTo(losses[best]!, 6);
    expect(now).toBeLessThan(losses.at(-1)!);
  });
});
