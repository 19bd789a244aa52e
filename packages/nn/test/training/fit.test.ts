import { setTimeout as sleep } from "node:timers/promises";
import { key, ShapeError, type Tensor, tensor, ValueError, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  type FitOptions,
  fit,
  Module,
  mae,
  mse,
  SGD,
  type TrainingCallback,
} from "../../src/index.js";
import { leastSquares, linear, plane } from "../support/regression.js";

const quiet = { progress: false, key: key(9) } as const;
const coefficients = (model: Module) =>
  model.parameters().flatMap((parameter) => [...parameter.leaf.toTypedArray()]);

describe("fit", () => {
  it("reaches the least-squares solution", async () => {
    const data = plane(40);
    const { model, ...learner } = linear();
    await fit(model, { ...data, ...learner, ...quiet, epochs: 200, batchSize: 40 });
    const expected = leastSquares(data.inputs, data.targets);
    for (const [i, value] of coefficients(model).entries()) {
      expect(value).toBeCloseTo(expected[i]!, 10);
    }
  });

  it("records each epoch: loss and metrics of the outputs it learnt from", async () => {
    const data = plane(10);
    const { model, ...learner } = linear({ learningRate: 0 });
    const history = await fit(model, {
      ...data,
      ...learner,
      ...quiet,
      epochs: 2,
      batchSize: 4,
      metrics: { mae, largest: (y) => y.max() },
      validation: plane(7, 5),
    });
    expect(history).toMatchObject({ steps: 6, stopped: false });
    const output = model.apply(data.inputs);
    const judged = plane(7, 5);
    for (const [i, record] of history.epochs.entries()) {
      expect(record.epoch).toBe(i + 1);
      expect(record.loss).toBeCloseTo(mse(output, data.targets).item(), 12);
      expect(record.metrics.mae).toBeCloseTo(mae(output, data.targets).item(), 12);
      expect(record.metrics.largest).toBe(output.max().item());
      const expected = mse(model.apply(judged.inputs), judged.targets).item();
      expect(record.validationLoss).toBeCloseTo(expected, 12);
      expect(Object.keys(record.validationMetrics ?? {})).toEqual(["mae", "largest"]);
      expect(record.seconds).toBeGreaterThan(0);
    }
  });

  it("shuffles by key: the same key gives the same parameters to the bit", async () => {
    const run = async (options: Partial<FitOptions>) => {
      const { model, ...learner } = linear();
      await fit(model, { ...plane(20), ...learner, ...quiet, epochs: 2, batchSize: 3, ...options });
      return coefficients(model);
    };
    expect(await run({})).toEqual(await run({}));
    expect(await run({})).not.toEqual(await run({ key: key(10) }));
    expect(await run({ shuffle: false })).toEqual(await run({ shuffle: false, key: key(10) }));
  });

  it("takes literals as data", async () => {
    const { model, loss, optimizer } = linear();
    const inputs = new Float64Array([1, 2, 3, 4]);
    const options = { loss, optimizer, ...quiet, epochs: 1 };
    await fit(model, {
      ...options,
      inputs: tensor(inputs, { shape: [2, 2] }),
      targets: tensor(new Float64Array([1, 2]), { shape: [2, 1] }),
    });
    await expect(fit(model, { ...options, inputs, targets: inputs })).rejects.toThrow(/Dense/);
  });

  it("lets other tasks run", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const { model, ...learner } = linear();
    const slow = () => {
      const end = performance.now() + 5;
      while (performance.now() < end);
    };
    const options = { ...quiet, epochs: 1, batchSize: 1, callbacks: [{ onStep: slow }] };
    await fit(model, { ...plane(40), ...learner, ...options });
    clearInterval(timer);
    expect(ticks).toBeGreaterThanOrEqual(3);
  });
});

/** Remembers the mode of each run: true where it and its child were in training mode. */
class Observed extends Module {
  readonly inner = linear().model;
  readonly seen: boolean[] = [];

  forward(x: Tensor): Tensor {
    this.seen.push(this.training && this.inner.training);
    return this.inner.apply(x);
  }
}

describe("modes", () => {
  it("are training for steps and evaluation for validation, and then as before", async () => {
    const model = new Observed();
    model.eval();
    model.inner.train();
    const optimizer = new SGD(model.parameters());
    await fit(model, {
      ...plane(4),
      validation: plane(4),
      loss: mse,
      optimizer,
      ...quiet,
      epochs: 2,
      compile: false,
    });
    expect(model.seen).toEqual([true, false, true, false]);
    expect([model.training, model.inner.training]).toEqual([false, true]);
  });

  it("restores them after an error too", async () => {
    const { model, optimizer } = linear();
    model.eval();
    const loss = () => tensor(Number.NaN);
    await expect(
      fit(model, { ...plane(4), loss, optimizer, ...quiet, epochs: 1 }),
    ).rejects.toThrow();
    expect(model.training).toBe(false);
  });
});

describe("before the first step fit refuses", () => {
  const attempt = async (options: Partial<FitOptions>) => {
    const { model, ...learner } = linear();
    const before = coefficients(model);
    const started: string[] = [];
    const callbacks = [{ onStart: () => void started.push("start") }];
    const run = fit(model, { ...plane(5), ...learner, ...quiet, epochs: 1, callbacks, ...options });
    const error = await run.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(started).toEqual([]);
    expect(coefficients(model)).toEqual(before);
    return error as Error & { row?: number; column?: number };
  };
  const broken = (value: number) => {
    const values = [1, 2, 3, 4, 5, 6];
    values[3] = value;
    return tensor(values, { shape: [3, 2], dtype: "float64" });
  };

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("%d in the inputs", async (value) => {
    const error = await attempt({ inputs: broken(value), targets: plane(3).targets });
    expect(error).toMatchObject({ row: 1, column: 1, value });
    expect(error.message).toContain(`inputs has ${value} in row 1, column 1`);
  });

  it("NaN in the targets, and in deeper data", async () => {
    const error = await attempt({ inputs: plane(3).inputs, targets: broken(Number.NaN) });
    expect(error.message).toContain("targets has NaN in row 1, column 1");
    const deep = tensor([0, 0, 0, 0, 0, 0, Number.NaN, 0], { shape: [2, 2, 2], dtype: "float64" });
    const deeper = await attempt({ inputs: deep, targets: plane(2).targets });
    expect(deeper.message).toContain("inputs has NaN in row 1, column [1, 0]");
  });

  it("unequal counts and empty data", async () => {
    const unequal = await attempt({ targets: plane(4).targets });
    expect(unequal).toBeInstanceOf(ShapeError);
    expect(unequal.message).toContain("inputs has 5 rows, targets has 4");
    const empty = tensor([], { shape: [0, 2] });
    expect((await attempt({ inputs: empty, targets: empty })).message).toContain("0 rows");
  });

  it("the same in the validation data", async () => {
    const validation = { inputs: broken(Number.NaN), targets: plane(3).targets };
    expect((await attempt({ validation })).message).toContain("validation inputs has NaN in row 1");
  });

  it("impossible options", async () => {
    expect((await attempt({ batchSize: 0 })).message).toContain("batchSize is 0");
    expect((await attempt({ epochs: 0 })).message).toContain("epochs is 0");
    const optimizer = { ...linear().optimizer, parameters: [variable(1)] };
    const foreign = await attempt({
      optimizer: { ...optimizer, step() {}, zeroGrad() {}, namedState: () => [] },
    });
    expect(foreign).toBeInstanceOf(ValueError);
    expect(foreign.message).toContain("none of the model's parameters");
  });
});

it("refuses a loss that is not one number", async () => {
  const { model, optimizer } = linear();
  const loss = (y: Tensor, t: Tensor) => y.sub(t);
  await expect(fit(model, { ...plane(5), loss, optimizer, ...quiet, epochs: 1 })).rejects.toThrow(
    "the loss has shape [5, 1]",
  );
});

describe("callbacks", () => {
  const record = (log: string[], name = ""): TrainingCallback => ({
    onStart: ({ epochs, stepsPerEpoch, rows, batchSize }) =>
      void log.push(`${name}start ${epochs} ${stepsPerEpoch} ${rows} ${batchSize}`),
    onStep: ({ epoch, step }) => void log.push(`${name}step ${epoch} ${step}`),
    onEpoch: ({ epoch }) => void log.push(`${name}epoch ${epoch}`),
    onEnd: ({ history, error }) => void log.push(`${name}end ${history.epochs.length} ${error}`),
  });
  const run = (callbacks: TrainingCallback[]) => {
    const { model, ...learner } = linear();
    return fit(model, { ...plane(5), ...learner, ...quiet, epochs: 3, batchSize: 4, callbacks });
  };

  it("are called in order", async () => {
    const log: string[] = [];
    await run([record(log)]);
    const steps = [1, 2, 3].flatMap((epoch) => [
      `step ${epoch} ${2 * epoch - 1}`,
      `step ${epoch} ${2 * epoch}`,
      `epoch ${epoch}`,
    ]);
    expect(log).toEqual(["start 3 2 5 4", ...steps, "end 3 undefined"]);
  });

  it("are called one after the other, each before the next", async () => {
    const log: string[] = [];
    const slow: TrainingCallback = { onEpoch: () => sleep(2).then(() => void log.push("slow")) };
    await run([slow, { onEpoch: () => void log.push("quick") }]);
    expect(log).toEqual(["slow", "quick", "slow", "quick", "slow", "quick"]);
  });

  it.each<[string, TrainingCallback, number, number]>([
    ["at the start", { onStart: () => "stop" }, 0, 0],
    ["at a step", { onStep: ({ step }) => (step === 3 ? "stop" : undefined) }, 3, 2],
    ["at a step, later", { onStep: async ({ step }) => (step === 3 ? "stop" : undefined) }, 3, 2],
    ["at an epoch", { onEpoch: () => "stop" }, 2, 1],
    ["at an epoch, later", { onEpoch: async () => "stop" }, 2, 1],
  ])("stop %s", async (_, callback, steps, epochs) => {
    const log: string[] = [];
    const history = await run([callback, record(log)]);
    expect(history).toMatchObject({ steps, stopped: true });
    expect(history.epochs).toHaveLength(epochs);
    expect(log.at(-1)).toBe(`end ${epochs} undefined`);
  });

  it("end with the error when one of them throws", async () => {
    const log: string[] = [];
    const failing: TrainingCallback = {
      onEpoch() {
        throw new Error("disk full");
      },
    };
    await expect(run([record(log), failing])).rejects.toThrow("disk full");
    expect(log.at(-1)).toBe("end 1 Error: disk full");
  });
});
