import { describe, expect, it } from "vitest";
import {
  csvLog,
  type EpochRecord,
  type FitOptions,
  fit,
  freeze,
  gradientHistory,
  jsonLog,
  type Metric,
  mae,
  SGD,
  weightHistory,
} from "../../src/index.js";
import { findOverfitting, tellOverfitting } from "../../src/training/overfitting.js";
import { linear, plane } from "../support/regression.js";

async function train(options: Partial<FitOptions>) {
  const { model, ...learner } = linear();
  const shared = { ...plane(8), ...learner, epochs: 3, batchSize: 4, shuffle: false };
  const history = await fit(model, { ...shared, progress: false, ...options });
  return { model, history };
}

describe.each([
  ["eager", false],
  ["compiled", true],
])("every second step, %s,", (_, compile) => {
  it("histories keep the numbers of parameters, gradients and updates", async () => {
    const { model, loss } = linear();
    const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });
    const [gradients, weights] = [gradientHistory({ every: 2 }), weightHistory({ every: 2 })];
    const expected: object[] = [];
    const leaves: Float64Array[] = [];
    const watch = ({ step }: { step: number }) => {
      const now = model.weight.toTypedArray() as Float64Array;
      leaves.push(now);
      if (step % 2 > 0) return;
      const moved = now.map((w, i) => w - leaves.at(-2)![i]!);
      expected.push({
        step,
        gradient: numbersOf(model.weight.grad!.toTypedArray() as Float64Array),
        weight: { ...numbersOf(now), updateRatio: rms(moved) / rms(leaves.at(-2)!) },
      });
    };
    const data = { ...plane(8), loss, optimizer, epochs: 3, batchSize: 4, shuffle: false };
    const callbacks = [gradients, weights, { onStep: watch }];
    await fit(model, { ...data, progress: false, compile, callbacks });
    const found = gradients.records.map(({ step, parameters }, i) => ({
      step,
      gradient: parameters.weight,
      weight: weights.records[i]!.parameters.weight,
    }));
    expect(found.map(({ step }) => step)).toEqual([2, 4, 6]);
    for (const [i, one] of found.entries()) expectNear(one, expected[i]!);
    expect(Object.keys(gradients.records[0]!.parameters)).toEqual(["weight", "bias"]);
  });

  it("a frozen parameter has no gradient, and its update ratio is 0", async () => {
    const { model, ...learner } = linear();
    freeze(model, "bias");
    const [gradients, weights] = [gradientHistory({ every: 1 }), weightHistory({ every: 1 })];
    const callbacks = [gradients, weights];
    const options = { ...plane(4), ...learner, epochs: 1, progress: false as const, compile };
    await fit(model, { ...options, callbacks });
    expect(Object.keys(gradients.records[0]!.parameters)).toEqual(["weight"]);
    expect(weights.records[0]!.parameters.bias!.updateRatio).toBe(0);
  });
});

const rms = (x: Float64Array) => Math.hypot(...x) / Math.sqrt(x.length);

const numbersOf = (x: Float64Array) => ({
  mean: x.reduce((sum, value) => sum + value, 0) / x.length,
  rms: rms(x),
  largest: Math.max(...x.map(Math.abs)),
  zeroShare: x.filter((value) => value === 0).length / x.length,
});

function expectNear(found: object, expected: object): void {
  for (const [name, value] of Object.entries(expected)) {
    const other = (found as Record<string, unknown>)[name];
    if (typeof value === "object") expectNear(other as object, value as object);
    else expect(other).toBeCloseTo(value as number, 12);
  }
}

describe("a log", () => {
  const metrics: Record<string, Metric> = { mae, "odd, one": () => Number.NaN };

  it("of CSV has a line an epoch under their names", async () => {
    const lines: string[] = [];
    const firsts: boolean[] = [];
    const write = (line: string, isFirst: boolean) => {
      lines.push(line);
      firsts.push(isFirst);
    };
    const sets = { validation: plane(3), evaluationSets: { test: plane(2) } };
    const { history } = await train({ metrics, ...sets, callbacks: [csvLog({ write })] });
    expect(lines[0]).toBe(
      'epoch,loss,mae,"odd, one",validation loss,validation mae,"validation odd, one",' +
        'test loss,test mae,"test odd, one",learning rate,seconds\n',
    );
    expect(firsts).toEqual([true, false, false, false]);
    const [record] = history.epochs as [EpochRecord];
    const { loss, metrics: own, validationLoss, evaluations } = record;
    expect(lines[1]).toContain(`1,${loss},${own.mae},NaN,${validationLoss},`);
    expect(lines[1]).toContain(`,${evaluations!.test!.loss},`);
    expect(lines[1]).toMatch(/,0\.1,[\d.]+\n$/);
  });

  it("of JSON tells what happened, in lines that parse", async () => {
    const lines: string[] = [];
    const callbacks = [jsonLog({ write: (line) => void lines.push(line) })];
    await train({ metrics, callbacks });
    const events = lines.map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(["start", "epoch", "epoch", "epoch", "end"]);
    expect(events[0].parameters).toMatchObject({ optimizer: "SGD", rows: 8 });
    expect(events[1]).toMatchObject({ epoch: 1, metrics: { "odd, one": "NaN" } });
    expect(events[4]).toMatchObject({ epochs: 3, steps: 6, stopped: false });
    const failing = [{ onEpoch: () => Promise.reject(new Error("disk full")) }, ...callbacks];
    await expect(train({ callbacks: failing })).rejects.toThrow("disk full");
    expect(JSON.parse(lines.at(-1)!).error).toBe("Error: disk full");
  });
});

describe("overfitting", () => {
  const records = (losses: number[], validation: number[]) =>
    losses.map((loss, i) => ({ epoch: i + 1, loss, validationLoss: validation[i]! }));

  it("is noticed when the validation loss rises for five epochs while the loss falls", () => {
    const all = records([9, 8, 7, 6, 5, 4, 3], [10, 9, 9.3, 9.5, 9.6, 9.9, 10]);
    expect(findOverfitting(all.slice(0, 6))).toBeNull();
    const evidence = findOverfitting(all)!;
    expect(evidence).toEqual({
      bestEpoch: 2,
      epoch: 7,
      loss: [8, 3],
      validationLoss: [9, 10],
    });
    expect(tellOverfitting(evidence)).toContain(
      "from epoch 2 to 7 the validation loss rose from 9 to 10 while the training loss fell from 8 to 3",
    );
  });

  it.each<[string, number[], number[]]>([
    ["validation still falls", [9, 8, 7, 6, 5, 4], [10, 9, 8, 7, 6, 5]],
    ["both rise", [3, 4, 5, 6, 7, 8], [9, 9.5, 10, 11, 12, 13]],
    ["validation is level", [9, 8, 7, 6, 5, 4], [9, 9.1, 9.05, 9.1, 9.02, 9.1]],
    ["validation recovers", [9, 8, 7, 6, 5, 4], [9, 12, 11, 10, 9.6, 9.5]],
  ])("is not when %s", (_, losses, validation) => {
    expect(findOverfitting(records(losses, validation))).toBeNull();
  });

  it("is said once, and kept in the history", async () => {
    const lines: string[] = [];
    const log = jsonLog({ write: (line) => void lines.push(line) });
    const validation = plane(4, 30);
    // A validation loss that rises, whatever the model does.
    let judged = 1;
    const { model, loss, optimizer } = linear({ learningRate: 0.01 });
    const rising: typeof loss = (y, t) =>
      t.shape[0] === 4 ? y.sum().mul(0).add(judged++) : loss(y, t);
    const options = { ...plane(8), loss: rising, optimizer, epochs: 9, progress: false as const };
    const callbacks = [log];
    const history = await fit(model, { ...options, validation, callbacks, compile: false });
    expect(history.overfitting).toMatchObject({ bestEpoch: 1, epoch: 6, validationLoss: [1, 6] });
    const warnings = lines
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === "warning");
    expect(warnings).toHaveLength(1);
    expect(warnings[0].message).toContain("overfitting: from epoch 1 to 6");
  });
});
