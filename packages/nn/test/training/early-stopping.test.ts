import { key } from "@neurite/autograd";
import { expect, it } from "vitest";
import { earlyStopping, fit, type TrainingCallback } from "../../src/index.js";
import { linear, plane } from "../support/regression.js";

/** Trains with what early stopping watches given epoch by epoch. */
async function run(watched: number[], options: Parameters<typeof earlyStopping>[0] = {}) {
  const { model, ...learner } = linear();
  const values = () => model.parameters().map((parameter) => parameter.toArray());
  const states: unknown[] = [];
  const keep: TrainingCallback = { onEpoch: () => void states.push(values()) };
  const monitor = ({ epoch }: { epoch: number }) => watched[epoch - 1]!;
  const history = await fit(model, {
    ...plane(6),
    ...learner,
    epochs: watched.length,
    key: key(1),
    progress: false,
    callbacks: [keep, earlyStopping({ monitor, ...options })],
  });
  return { history, states, final: values() };
}

it("stops after as many epochs without a new best as patience allows", async () => {
  const { history, states, final } = await run([5, 3, 4, 3, 2, 1], { patience: 2 });
  expect(history).toMatchObject({ stopped: true, steps: 4 });
  expect(final).toEqual(states[1]);
});

it("keeps the last parameters when told to", async () => {
  const { states, final } = await run([5, 3, 4, 4], { patience: 2, restoreBest: false });
  expect(final).toEqual(states[3]);
});

it("counts only what is better by minDelta", async () => {
  const { history } = await run([5, 4.95, 4.9, 4.85], { patience: 2, minDelta: 0.1 });
  expect(history.epochs).toHaveLength(3);
});

it("restores the best when the epochs run out, and begins anew at each start", async () => {
  const { history, states, final } = await run([5, 3, 4]);
  expect([history.stopped, final]).toEqual([false, states[1]]);
});

it("watches the validation loss, or else the loss", async () => {
  const { model, ...learner } = linear({ learningRate: 0 });
  const options = { ...plane(6), ...learner, epochs: 9, shuffle: false, progress: false as const };
  const first = await fit(model, { ...options, callbacks: [earlyStopping({ patience: 3 })] });
  expect(first.epochs).toHaveLength(4);
});
