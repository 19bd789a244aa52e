import { key, normal, type Tensor, tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  accuracy,
  bce,
  crossEntropy,
  Dense,
  f1,
  fit,
  huber,
  l2Penalty,
  mape,
  r2,
  rocAuc,
  SGD,
} from "../../src/index.js";

const inputs = normal(key(1), [24, 3]);
const above = inputs.sum(1).gt(0);
const make = (units: number, activation = (z: Tensor) => z) =>
  new Dense({ inputs: 3, units, activation, key: key(2) });
const quiet = { epochs: 8, batchSize: 8, progress: false, key: key(3) } as const;

describe.each([true, false])("with compile: %s, fit", (compile) => {
  it("learns classes with weights, smoothing and rows that do not count", async () => {
    const model = make(2);
    const labels = above.cast("int32");
    const targets = tensor([-100, ...labels.toTypedArray().slice(1)], { dtype: "int32" });
    const loss = (z: Tensor, t: Tensor) =>
      crossEntropy(z, t, { weight: [1, 2], labelSmoothing: 0.1 });
    const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });
    const metrics = { accuracy, f1 };
    const { epochs } = await fit(model, {
      inputs,
      targets,
      loss,
      optimizer,
      metrics,
      compile,
      ...quiet,
    });
    expect(epochs.at(-1)!.loss).toBeLessThan(epochs[0]!.loss);
    expect(epochs.at(-1)!.metrics.accuracy).toBeGreaterThan(0.8);
    expect(epochs.at(-1)!.metrics.f1).toBeGreaterThan(0.8);
  });

  it("learns probabilities of two classes, with a penalty", async () => {
    const model = make(1, (z) => z.sigmoid());
    const targets = above.cast("float32").reshape([-1, 1]);
    const loss = (y: Tensor, t: Tensor) => bce(y, t).add(l2Penalty([model.weight]).mul(0.001));
    const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });
    const metrics = { accuracy, rocAuc };
    const { epochs } = await fit(model, {
      inputs,
      targets,
      loss,
      optimizer,
      metrics,
      compile,
      ...quiet,
    });
    expect(epochs.at(-1)!.metrics.accuracy).toBeGreaterThan(0.8);
    expect(epochs.at(-1)!.metrics.rocAuc).toBeGreaterThan(0.9);
  });

  it("learns numbers", async () => {
    const model = make(1);
    const targets = inputs.sum(1, { keepDims: true }).add(4);
    const optimizer = new SGD(model.parameters(), { learningRate: 0.3 });
    const metrics = { r2, mape };
    const { epochs } = await fit(model, {
      inputs,
      targets,
      loss: huber,
      optimizer,
      metrics,
      compile,
      ...quiet,
      epochs: 30,
    });
    expect(epochs.at(-1)!.metrics.r2).toBeGreaterThan(0.9);
    expect(epochs.at(-1)!.metrics.mape).toBeLessThan(0.1);
  });

  it("names a prediction that is no probability, and the way out", async () => {
    const model = make(1, (z) => z.add(3));
    const targets = above.cast("float32").reshape([-1, 1]);
    const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });
    const before = model.weight.toArray();
    const run = fit(model, { inputs, targets, loss: bce, optimizer, compile, ...quiet });
    await expect(run).rejects.toThrow(ValueError);
    await expect(run).rejects.toThrow(/bce: the prediction at \[.*bceWithLogits/s);
    expect(model.weight.toArray()).toEqual(before);
  });
});
