import { describe, expect, it } from "vitest";
import {
  fit,
  gradientHistory,
  ReduceLROnPlateau,
  StepLR,
  saveCheckpoints,
  schedule,
  type TrainingCallback,
} from "../../src/index.js";
import { linear, plane } from "../support/regression.js";

/** The learning rate of each step, two steps an epoch. */
async function rates(make: (learner: ReturnType<typeof linear>) => TrainingCallback) {
  const learner = linear({ learningRate: 0.8 });
  const { model, ...rest } = learner;
  const seen: number[] = [];
  const watch = { onStep: (e: { learningRate: number }) => void seen.push(e.learningRate) };
  const options = { ...plane(4), ...rest, epochs: 3, batchSize: 2, progress: false as const };
  await fit(model, { ...options, callbacks: [watch, make(learner)] });
  return seen;
}

describe("schedule", () => {
  const halved = { stepSize: 1, gamma: 0.5 };

  it("moves the rate after each epoch, or each step", async () => {
    const byEpoch = await rates(({ optimizer }) => schedule(new StepLR(optimizer, halved)));
    expect(byEpoch).toEqual([0.8, 0.8, 0.4, 0.4, 0.2, 0.2]);
    const byStep = await rates(({ optimizer }) =>
      schedule(new StepLR(optimizer, halved), { every: "step" }),
    );
    expect(byStep).toEqual([0.8, 0.4, 0.2, 0.1, 0.05, 0.025]);
  });

  it("tells a scheduler what it watches", async () => {
    const onPlateau = await rates(({ optimizer }) =>
      schedule(new ReduceLROnPlateau(optimizer, { patience: 0, factor: 0.5 }), {
        monitor: ({ epoch }) => (epoch === 1 ? 1 : 2),
      }),
    );
    expect(onPlateau).toEqual([0.8, 0.8, 0.8, 0.8, 0.4, 0.4]);
  });
});

it("callbacks refuse intervals that are none", () => {
  const save = () => {};
  expect(() => saveCheckpoints({ save, every: 0 })).toThrow("saveCheckpoints: every is 0");
  expect(() => saveCheckpoints({ save, everySteps: 1.5 })).toThrow("everySteps is 1.5");
  expect(() => gradientHistory({ every: -1 })).toThrow("gradientHistory: every is -1");
});
