import { key, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { fit, type Loss, mse, TrainingError } from "../../src/index.js";
import { linear, plane } from "../support/regression.js";

/** Runs into an error; returns it, and the parameters after each good step and at the end. */
async function diverge(loss: Loss, learningRate = 0.1) {
  const { model, optimizer } = linear({ learningRate });
  const values = () => model.parameters().map((parameter) => parameter.toArray());
  const states = [values()];
  const error = await fit(model, {
    ...plane(8),
    loss,
    optimizer,
    epochs: 2,
    batchSize: 2,
    key: key(1),
    progress: false,
    callbacks: [{ onStep: () => void states.push(values()) }],
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TrainingError);
  return { error: error as TrainingError, states, final: values() };
}

const atStep = (step: number, broken: Loss): Loss => {
  let calls = 0;
  return (y, t) => (++calls === step ? broken(y, t) : mse(y, t));
};

describe("fit stops before the update", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])("at a loss of %d", async (bad) => {
    const loss = atStep(6, (y, t) => mse(y, t).mul(bad));
    const { error, states, final } = await diverge(loss, 0.25);
    expect(error).toMatchObject({ epoch: 2, step: 6, loss: bad, learningRate: 0.25 });
    expect(error.message).toMatch(/the loss is (NaN|Inf) at epoch 2, step 6/);
    expect(error.fix).toContain("lower the learning rate (now 0.25, try 0.025)");
    expect(states).toHaveLength(6);
    expect(final).toEqual(states[5]);
  });

  it("at a gradient that is not finite, naming the parameter", async () => {
    const { error, states, final } = await diverge(
      atStep(3, (y, t) => y.sub(y.detach()).sqrt().mean().add(mse(y, t))),
    );
    expect(error.step).toBe(3);
    expect(error.message).toMatch(/the gradient of weight has (NaN|-?Infinity) at epoch 1, step 3/);
    expect(final).toEqual(states[2]);
  });

  it("at an update that overflows, which is taken back", async () => {
    const { error, states, final } = await diverge(mse, 1.7e308);
    expect(error.message).toMatch(/the update of weight has (NaN|-?Infinity) at epoch 1, step 1/);
    expect(final).toEqual(states[0]);
  });

  it("of a model that ran away by itself", async () => {
    const { error, final } = await diverge((y: Tensor, t: Tensor) => mse(y, t).exp(), 5);
    expect(error.step).toBeGreaterThan(0);
    expect(final.flat(3).every(Number.isFinite)).toBe(true);
  });
});

it("data that no finite loss comes from stops at the first step", async () => {
  const { model, optimizer } = linear();
  const loss = (y: Tensor) => y.sum().mul(0).log().mean();
  const run = fit(model, {
    inputs: tensor([[1, 2]], { dtype: "float64" }),
    targets: tensor([[1]]),
    loss,
    optimizer,
    epochs: 1,
    progress: false,
  });
  await expect(run).rejects.toMatchObject({ epoch: 1, step: 1, loss: Number.NEGATIVE_INFINITY });
});
