import { key } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  accuracy,
  crossEntropy,
  crossValidate,
  Dense,
  evaluate,
  type FitOptions,
  fit,
  holdOut,
  kFold,
  learningCurve,
  overfitting,
  predict,
  Sequential,
  take,
  type WarningEvent,
} from "../../src/index.js";
import { digits, penguins } from "../tasks/data.js";
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

describe("hold-out, cross-validation, overfitting", () => {
  it("holdOut and kFold divide the rows, every class alike", () => {
    const classes = flowers.targets.toTypedArray() as Int32Array;
    const options = { key: key(1), stratify: classes };
    const countsOf = (rows: Int32Array) =>
      rangeOf(0, 3).map((k) => rows.filter((row) => classes[row] === k).length);
    const { train, validation } = holdOut(150, { ...options, fraction: 0.3 });
    expect([countsOf(train), countsOf(validation)]).toEqual([
      [35, 35, 35],
      [15, 15, 15],
    ]);
    expect(holdOut(150, { ...options, fraction: 0.3 }).train).toEqual(train);
    const folds = kFold(150, { ...options, folds: 5 });
    for (const fold of folds) {
      expect(countsOf(fold.validation)).toEqual([10, 10, 10]);
      expect(fold.train.some((row) => fold.validation.includes(row))).toBe(false);
    }
    const judged = folds.flatMap((fold) => [...fold.validation]).sort((a, b) => a - b);
    expect(judged).toEqual(rangeOf(0, 150));
  });

  it("cross-validation judges a model by flowers that it did not see", async () => {
    const stratify = flowers.targets.toTypedArray() as Int32Array;
    const result = await crossValidate(
      (own) => new Sequential(new Dense({ inputs: 4, units: 3, key: own })),
      flowers,
      {
        ...{ loss: crossEntropy, metrics: { accuracy }, epochs: 15, folds: 5, stratify },
        optimizer: (model) => new Adam(model.parameters(), { learningRate: 0.05 }),
        key: key(4),
      },
    );
    const scores = result.folds.map(({ evaluation }) => evaluation.metrics.accuracy!);
    const mean = scores.reduce((a, b) => a + b) / 5;
    expect(result.metrics.accuracy!.mean).toBeCloseTo(mean, 12);
    expect(mean).toBeGreaterThan(0.92);
    const deviation = Math.sqrt(scores.reduce((sum, s) => sum + (s - mean) ** 2, 0) / 4);
    expect(result.metrics.accuracy!.deviation).toBeCloseTo(deviation, 12);
    for (const { split, model, evaluation } of result.folds) {
      const unseen = take(flowers.inputs, split.validation);
      const again = accuracy(predict(model, unseen), take(flowers.targets, split.validation));
      expect(again.item()).toBe(evaluation.metrics.accuracy);
    }
  });

  it("more rows close the gap between training and validation", async () => {
    const { inputs, targets, testInputs, testTargets } = penguins(0);
    const points = await learningCurve(
      async (rows) => {
        const model = network([4, 16, 3]);
        await learn(model, { ...rows, epochs: 60 });
        const judge = (x: typeof inputs, t: typeof targets) =>
          evaluate(model, { inputs: x, targets: t, loss: crossEntropy }).loss;
        return {
          training: judge(rows.inputs, rows.targets),
          validation: judge(testInputs, testTargets),
        };
      },
      { inputs, targets },
      [12, 48, 192],
      { key: key(6) },
    );
    expect(points.map(({ rows }) => rows)).toEqual([12, 48, 192]);
    expect(points[2]!.validation).toBeLessThan(0.5 * points[0]!.validation);
    expect(points[2]!.gap).toBeLessThan(0.5 * points[0]!.gap);
    for (const { gap, training, validation } of points) expect(gap).toBe(validation - training);
  });

  it("overfitting is noticed while it happens, with its evidence", async () => {
    const warnings: WarningEvent[] = [];
    const model = network([64, 128, 10]);
    const history = await learn(model, {
      ...{
        epochs: 60,
        validation: others,
        callbacks: [{ onWarning: (one) => void warnings.push(one) }],
      },
      optimizer: new Adam(model.parameters(), { learningRate: 0.02 }),
    });
    const report = overfitting(history);
    expect(report.gapAtEnd).toBeGreaterThan(report.gapAtBest);
    expect(report.gapSlope).toBeGreaterThan(0);
    expect(warnings).toHaveLength(1);
    const { bestEpoch, epoch, loss, validationLoss } = history.overfitting!;
    const [best, then] = [history.epochs[bestEpoch - 1]!, history.epochs[epoch - 1]!];
    expect(loss).toEqual([best.loss, then.loss]);
    expect(validationLoss).toEqual([best.validationLoss, then.validationLoss]);
    expect(validationLoss[1]).toBeGreaterThan(1.02 * validationLoss[0]);
    expect(warnings[0]!.message).toMatch(
      /from epoch \d+ to \d+ the validation loss rose .* stop early/,
    );
    expect(String(report)).toContain("the gap was");
    const calm = await learn(network([64, 128, 10]), { epochs: 5, validation: others });
    expect([calm.overfitting, overfitting(calm).evidence]).toEqual([null, null]);
  });
});
