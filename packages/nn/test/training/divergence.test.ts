import { AnomalyError, key, type Tensor, tensor, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Dense,
  Dropout,
  fit,
  type Loss,
  mse,
  Sequential,
  SGD,
  TrainingError,
} from "../../src/index.js";
import { linear, plane } from "../support/regression.js";

/** A number by which a loss may change while `fit` runs. */
const knob = () => variable(1, { dtype: "float64" });

interface Run {
  readonly compile: boolean;
  readonly loss: Loss;
  readonly learningRate?: number;
  /** What happens before the given step. */
  readonly before?: readonly [step: number, happens: () => void];
}

/** Runs into an error; returns it, and all state after each good step and at the end. */
async function diverge({ compile, loss, learningRate = 0.1, before }: Run) {
  const { model: last, optimizer } = linear({ learningRate });
  const model = new Sequential(new Dropout({ p: 0.1, key: key(2) }), last);
  const values = () =>
    [...model.namedState(), ...optimizer.namedState()].map(([, state]) => state.toArray());
  const states = [values()];
  const error = await fit(model, {
    ...plane(8),
    loss,
    optimizer,
    epochs: 2,
    batchSize: 2,
    key: key(1),
    progress: false,
    compile,
    callbacks: [
      {
        onStep({ step }) {
          states.push(values());
          if (step + 1 === before?.[0]) before[1]();
        },
      },
    ],
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TrainingError);
  return { error: error as TrainingError, states, final: values() };
}

describe.each([
  ["compiled", true],
  ["eager", false],
])("fit, %s, stops and leaves everything as after the last good step", (_, compile) => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])("at a loss of %d", async (bad) => {
    const factor = knob();
    const { error, states, final } = await diverge({
      compile,
      loss: (y, t) => mse(y, t).mul(factor),
      learningRate: 0.25,
      before: [6, () => factor.assign(bad)],
    });
    expect(error).toMatchObject({ epoch: 2, step: 6, loss: bad, learningRate: 0.25 });
    expect(error.message).toMatch(/the loss is (NaN|Inf) at epoch 2, step 6/);
    expect(error.fix).toContain("lower the learning rate (now 0.25, try 0.025)");
    expect(states).toHaveLength(6);
    expect(final).toEqual(states[5]);
  });

  it("at a gradient that is not finite, naming the parameter and the operation", async () => {
    const distance = knob();
    const { error, states, final } = await diverge({
      compile,
      loss: (y, t) => y.sub(y.detach()).add(distance).sqrt().mean().add(mse(y, t)),
      before: [3, () => distance.assign(0)],
    });
    expect(error.step).toBe(3);
    expect(error.message).toMatch(
      /the gradient of 1.weight has (NaN|-?Infinity) at epoch 1, step 3/,
    );
    expect(error.cause).toBeInstanceOf(AnomalyError);
    expect(error.cause).toMatchObject({ op: "sqrt" });
    expect(error.operation).toBe("sqrt");
    expect(final).toEqual(states[2]);
  });

  it("naming the operation that made the first bad number, and its module", async () => {
    const inner = new Dense({
      inputs: 2,
      units: 1,
      dtype: "float64",
      activation: (z) => z.sub(z).log(), // −∞
    });
    const model = new Sequential(new Sequential(inner), new Dropout({ p: 0.5 }));
    const run = fit(model, {
      ...plane(4),
      loss: (y, t) => mse(y, t).sub(y.mean()),
      optimizer: new SGD(model.parameters()),
      epochs: 1,
      progress: false,
      compile,
    });
    await expect(run).rejects.toMatchObject({ operation: "log", modulePath: "0.0" });
    await expect(run).rejects.toThrow(
      /at epoch 1, step 1; the first bad operation is log; .*last good step\n.*in module 0\.0\n/,
    );
  });

  it("at an update that overflows, which is taken back", async () => {
    const { error, states, final } = await diverge({ compile, loss: mse, learningRate: 1.7e308 });
    expect(error.message).toMatch(/the update of 1.bias has (NaN|-?Infinity) at epoch 1, step 1/);
    expect(final).toEqual(states[0]);
  });

  it("of a model that ran away by itself", async () => {
    const loss = (y: Tensor, t: Tensor) => mse(y, t).exp();
    const { error, states, final } = await diverge({ compile, loss, learningRate: 5 });
    expect(error.step).toBeGreaterThan(0);
    expect(final).toEqual(states.at(-1));
  });

  it("at the first step, where no finite loss comes from the data", async () => {
    const { model, optimizer } = linear();
    const run = fit(model, {
      inputs: tensor([[1, 2]], { dtype: "float64" }),
      targets: tensor([[1]]),
      loss: (y) => y.sum().mul(0).log().mean(),
      optimizer,
      epochs: 1,
      progress: false,
      compile,
    });
    const loss = Number.NEGATIVE_INFINITY;
    await expect(run).rejects.toMatchObject({ epoch: 1, step: 1, loss });
  });
});
