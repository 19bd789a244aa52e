import { key, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../../autograd/test/support/close.js";
import {
  crossEntropy,
  Dense,
  type FitOptions,
  fit,
  type Loss,
  mae,
  mse,
  SGD,
  type TrainingRun,
} from "../../src/index.js";
import { linear, plane } from "../support/regression.js";

const quiet = { progress: false, key: key(9), epochs: 2 } as const;

/** Fits a plane with some options; returns the model. */
async function fitted(options: Partial<FitOptions>, learningRate = 0.1) {
  const { model, ...learner } = linear({ learningRate });
  const history = await fit(model, { ...plane(20), ...learner, ...quiet, ...options });
  return { model, history };
}

const weightsOf = (model: Dense) => model.weight.toTypedArray();

describe.each([
  ["eager", false],
  ["compiled", true],
])("fit, %s,", (_, compile) => {
  it("accumulates batches as if they were one, the last and smaller one too", async () => {
    const { model: one, history } = await fitted({ compile, batchSize: 12 });
    const many = await fitted({ compile, batchSize: 4, accumulate: 3, metrics: { mae } });
    expect(many.history.steps).toBe(history.steps);
    for (const [i, parameter] of many.model.parameters().entries()) {
      expectClose(parameter, one.parameters()[i]!, { rtol: 1e-13, atol: 1e-15 });
    }
    for (const [i, { loss, metrics }] of many.history.epochs.entries()) {
      expect(loss).toBeCloseTo(history.epochs[i]!.loss, 12);
      expect(metrics.mae).toBeGreaterThan(0);
    }
  });

  it("clips the norm of all gradients together, and each element", async () => {
    const step = async (options: Partial<FitOptions>) => {
      const { model } = linear();
      const before = weightsOf(model);
      const optimizer = new SGD(model.parameters(), { learningRate: 1 });
      const one = { ...plane(20), loss: mse, optimizer, ...quiet, epochs: 1, batchSize: 20 };
      await fit(model, { ...one, compile, ...options });
      return model
        .parameters()
        .flatMap(({ grad }) => [...grad!.toTypedArray()])
        .concat(before[0]!);
    };
    const free = (await step({})).slice(0, 3);
    const norm = Math.hypot(...free);
    const scaled = await step({ clipNorm: 0.5 });
    for (const [i, g] of free.entries()) {
      expect(scaled[i]).toBeCloseTo((g * 0.5) / (norm + 1e-6), 12);
    }
    const limited = await step({ clipValue: 0.7 });
    for (const [i, g] of free.entries()) {
      expect(limited[i]).toBeCloseTo(Math.min(Math.max(g, -0.7), 0.7), 12);
    }
  });

  it("adds penalties of the weights to what is differentiated, not to what is shown", async () => {
    const { model: start } = linear();
    const [a, b] = weightsOf(start);
    const options = { compile, epochs: 1, batchSize: 20 };
    const plain = await fitted(options);
    const penalized = await fitted({ ...options, l1: 0.3, l2: 0.2 });
    const moved = (i: number, w: number) =>
      weightsOf(plain.model)[i]! - 0.1 * (0.3 * Math.sign(w) + 2 * 0.2 * w);
    expect(weightsOf(penalized.model)[0]).toBeCloseTo(moved(0, a!), 12);
    expect(weightsOf(penalized.model)[1]).toBeCloseTo(moved(1, b!), 12);
    expectSame(penalized.model.bias!, plain.model.bias!);
    expect(penalized.history.epochs[0]!.loss).toBe(plain.history.epochs[0]!.loss);
  });

  it("weighs classes, all of them alike when balanced", async () => {
    const inputs = plane(6).inputs;
    const targets = tensor([0, 0, 0, 0, 2, 2], { dtype: "int32" });
    const run = async (loss: Loss, classWeights?: FitOptions["classWeights"]) => {
      const model = new Dense({ inputs: 2, units: 3, dtype: "float64", key: key(0) });
      const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
      const shared = { inputs, targets, loss, optimizer, ...quiet, compile };
      await fit(model, { ...shared, ...(classWeights && { classWeights }) });
      return model;
    };
    const weight = [6 / (2 * 4), 0, 6 / (2 * 2)];
    const byHand = (y: Tensor, t: Tensor) => crossEntropy(y, t, { weight });
    const expected = await run(byHand);
    expectSame((await run(crossEntropy, "balanced")).weight, expected.weight);
    expectSame((await run(crossEntropy, weight)).weight, expected.weight);
    await expect(run((y, t) => crossEntropy(y, t), "balanced")).rejects.toThrow(
      "classWeights is given, but the loss asks for no weight",
    );
    await expect(run(crossEntropy, [1, 2])).rejects.toThrow("2 class weights for 3 classes");
  });

  it("judges by several sets of rows", async () => {
    const [near, far] = [plane(5, 3), plane(6, 4)];
    const { model, history } = await fitted({
      compile,
      metrics: { mae },
      evaluationSets: { near, far },
    });
    const { evaluations } = history.epochs.at(-1)!;
    expect(Object.keys(evaluations!)).toEqual(["near", "far"]);
    const output = model.apply(far.inputs);
    expect(evaluations!.far!.loss).toBeCloseTo(mse(output, far.targets).item(), 12);
    expect(evaluations!.far!.metrics.mae).toBeCloseTo(mae(output, far.targets).item(), 12);
  });
});

describe("fit refuses", () => {
  it.each<[Partial<FitOptions>, string]>([
    [{ accumulate: 0 }, "accumulate is 0"],
    [{ l1: -1 }, "l1 is -1"],
    [{ l2: Number.NaN }, "l2 is NaN"],
    [{ clipNorm: -2 }, "clipNorm is -2"],
    [{ clipValue: -3 }, "clipValue is -3"],
    [{ evaluationSets: { validation: plane(2) } }, 'an evaluation set is called "validation"'],
    [
      { classWeights: "balanced" },
      '"balanced" class weights need class numbers, the targets are float64',
    ],
  ])("%o", async (options, message) => {
    await expect(fitted(options)).rejects.toThrow(message);
  });

  it("bad rows in an evaluation set, by its name", async () => {
    const inputs = tensor([[1, Number.NaN]], { dtype: "float64" });
    const broken = fitted({ evaluationSets: { test: { inputs, targets: plane(1).targets } } });
    await expect(broken).rejects.toThrow("test inputs has NaN in row 0, column 1");
  });
});

it("tells callbacks what a log wants to know of a run", async () => {
  const seen: TrainingRun[] = [];
  const callbacks = [{ onStart: (run: TrainingRun) => void seen.push(run) }];
  await fitted({ callbacks, clipNorm: 1, validation: plane(7) });
  expect(seen[0]!.parameters).toMatchObject({
    model: "Dense",
    parameters: 3,
    "parameters.frozen": 0,
    optimizer: "SGD",
    "optimizer.learningRate": 0.1,
    "optimizer.momentum": 0,
    "optimizer.nesterov": false,
    loss: "mse",
    rows: 20,
    "rows.validation": 7,
    batchSize: 32,
    clipNorm: 1,
    shuffle: true,
  });
  expect(seen[0]!.summary()).toMatch(/Dense +\[20, 1\] +3/);
});
