import { type Key, key } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  accuracy,
  crossEntropy,
  crossValidate,
  DataError,
  Dense,
  evaluate,
  type Model,
  mse,
  OneHotEncoder,
  rmse,
  SGD,
  Standardizer,
  stackColumns,
  take,
} from "../../src/index.js";
import { readCsv } from "../../src/node.js";
import { plane } from "../support/regression.js";

const line = (own: Key) => new Dense({ inputs: 2, units: 1, dtype: "float64", key: own });
const options = {
  folds: 4,
  key: key(7),
  loss: mse,
  metrics: { rmse },
  epochs: 20,
  compile: false,
  optimizer: (model: Model) => new SGD(model.parameters(), { learningRate: 0.1 }),
};

describe("crossValidate", () => {
  it("judges a new model for each fold by the rows that it did not learn from", async () => {
    const data = plane(80);
    const { folds, loss, metrics } = await crossValidate(line, data, options);
    expect(folds).toHaveLength(4);
    expect(new Set(folds.map(({ model }) => model)).size).toBe(4);
    const judged = folds.flatMap(({ split }) => [...split.validation]);
    expect(new Set(judged).size).toBe(80);
    for (const { split, model, evaluation, history } of folds) {
      const [inputs, targets] = [data.inputs, data.targets].map((x) => take(x, split.validation));
      const again = evaluate(model, { inputs: inputs!, targets: targets!, loss: mse });
      expect(again.loss).toBe(evaluation.loss);
      expect(history.epochs.at(-1)!.validationLoss).toBe(evaluation.loss);
    }
    const losses = folds.map(({ evaluation }) => evaluation.loss);
    const mean = losses.reduce((a, b) => a + b) / 4;
    expect(loss.mean).toBeCloseTo(mean, 14);
    const variance = losses.reduce((sum, own) => sum + (own - mean) ** 2, 0) / 3;
    expect(loss.deviation).toBeCloseTo(Math.sqrt(variance), 14);
    // The noise of the plane has a standard deviation of 0.1.
    expect(metrics.rmse!.mean).toBeGreaterThan(0.08);
    expect(metrics.rmse!.mean).toBeLessThan(0.13);
  });

  it("is the same for the same key, and another for another", async () => {
    const run = async (seed: number) =>
      (await crossValidate(line, plane(20), { ...options, epochs: 2, key: key(seed) })).loss;
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
  });

  it("prepares each fold by its own training rows, with the classes in their shares", async () => {
    const { rows, columns } = readCsv(
      new URL("../../../../examples/data/iris.csv", import.meta.url),
    );
    const { species, ...sizes } = columns as Record<string, Float64Array | readonly string[]>;
    const { values } = stackColumns(sizes as Record<string, Float64Array>);
    const classes = OneHotEncoder.fit(species as readonly string[]);
    const targets = classes.indices(species as readonly string[]);
    const means: number[] = [];
    const { folds, metrics } = await crossValidate(
      (own) => new Dense({ inputs: 4, units: 3, key: own }),
      {
        rows,
        prepare: ({ train, validation }) => {
          const scaler = Standardizer.fit(take(values, train));
          means.push(scaler.means[0]!);
          const side = (own: Int32Array) => ({
            inputs: scaler.transform(take(values, own)),
            targets: take(targets, own),
          });
          return { train: side(train), validation: side(validation) };
        },
      },
      {
        key: key(3),
        stratify: species as readonly string[],
        loss: crossEntropy,
        metrics: { accuracy },
        epochs: 15,
        compile: false,
        optimizer: (model) => new Adam(model.parameters(), { learningRate: 0.05 }),
      },
    );
    expect(new Set(means).size).toBe(5);
    for (const { split } of folds) {
      const own = [...take(targets, split.validation).toTypedArray()];
      expect([0, 1, 2].map((label) => own.filter((l) => l === label).length)).toEqual([10, 10, 10]);
    }
    expect(metrics.accuracy!.mean).toBeGreaterThan(0.93);
    expect(metrics.accuracy!.deviation).toBeLessThan(0.06);
  });

  it("makes the callbacks of each fold anew", async () => {
    const seen: number[] = [];
    const callbacks = (fold: number) => [{ onEnd: () => void seen.push(fold) }];
    await crossValidate(line, plane(12), { ...options, epochs: 1, callbacks });
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it("refuses unequal counts and impossible folds before anything is trained", async () => {
    const { inputs, targets } = plane(12);
    const short = { inputs, targets: take(targets, [0, 1]) };
    await expect(crossValidate(line, short, options)).rejects.toThrow(
      "crossValidate: inputs has 12 rows, targets has 2",
    );
    const many = crossValidate(line, { inputs, targets }, { ...options, folds: 13 });
    await expect(many).rejects.toThrow(DataError);
  });
});
