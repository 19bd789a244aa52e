import { key } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  accuracy,
  crossEntropy,
  csvLog,
  earlyStopping,
  fit,
  jsonLog,
  StepLR,
  saveCheckpoints,
  schedule,
  type TrainingCallback,
  type TrainingState,
} from "../../src/index.js";
import { penguins } from "../tasks/data.js";
import { network } from "./examples.js";

/** What MLflow's client takes: parameters, metrics by step, texts, tags and how the run ended. */
function tracker() {
  const params: Record<string, string> = {};
  const metrics: { key: string; value: number; step: number }[] = [];
  const texts: Record<string, string> = {};
  const tags: Record<string, string> = {};
  let status = "RUNNING";
  const log = (name: string, value: number, step: number) =>
    void metrics.push({ key: name, value, step });
  const callback: TrainingCallback = {
    statisticsEvery: 10,
    onStart(run) {
      for (const [name, value] of Object.entries(run.parameters)) params[name] = String(value);
      texts["model.txt"] = run.summary();
    },
    onStep: ({ step, loss }) => log("batch/loss", loss, step),
    onStatistics({ step, parameters }) {
      for (const [path, { weight, gradient, updateRatio }] of Object.entries(parameters)) {
        log(`weight/rms/${path}`, weight.rms, step);
        log(`weight/update/${path}`, updateRatio, step);
        if (gradient) log(`gradient/rms/${path}`, gradient.rms, step);
      }
    },
    onEpoch({ epoch, loss, validationLoss, metrics: own, validationMetrics, learningRate }) {
      log("loss", loss, epoch);
      log("val_loss", validationLoss!, epoch);
      log("accuracy", own.accuracy!, epoch);
      log("val_accuracy", validationMetrics!.accuracy!, epoch);
      log("learning_rate", learningRate, epoch);
    },
    onWarning: ({ message }) => {
      tags.warning = message;
    },
    onEnd({ error }) {
      status = error === undefined ? "FINISHED" : "FAILED";
    },
  };
  const valuesOf = (name: string) => metrics.filter((own) => own.key === name);
  return { callback, params, metrics, texts, tags, valuesOf, status: () => status };
}

describe("tracking weights and biases", () => {
  const { inputs, targets, testInputs, testTargets } = penguins(0);

  async function run(callbacks: readonly TrainingCallback[], learningRate = 0.02) {
    const model = network([4, 8, 3]);
    const optimizer = new Adam(model.parameters(), { learningRate, betas: [0.8, 0.99] });
    const history = await fit(model, {
      ...{ inputs, targets, loss: crossEntropy, metrics: { accuracy }, epochs: 6, batchSize: 32 },
      validation: { inputs: testInputs, targets: testTargets },
      ...{ optimizer, l2: 1e-4, progress: false, key: key(2) },
      callbacks: [schedule(new StepLR(optimizer, { stepSize: 2, gamma: 0.5 })), ...callbacks],
    });
    return { model, history };
  }

  it("a callback sees all that an experiment tracker keeps", async () => {
    const { callback, params, texts, tags, valuesOf, status } = tracker();
    const { model, history } = await run([callback]);
    expect(params).toMatchObject({ optimizer: "Adam", epochs: "6", batchSize: "32", l2: "0.0001" });
    expect(params["optimizer.learningRate"]).toBe("0.02");
    expect(params["optimizer.betas"]).toBe("0.8, 0.99");
    expect(texts["model.txt"]).toMatch(/0 .*Dense.* 40\b/);
    const steps = history.steps;
    expect(steps).toBe(6 * Math.ceil(inputs.shape[0]! / 32));
    expect(valuesOf("batch/loss").map(({ step }) => step)).toEqual(
      Array.from({ length: steps }, (_, i) => i + 1),
    );
    expect(valuesOf("loss").map(({ value }) => value)).toEqual(
      history.epochs.map(({ loss }) => loss),
    );
    expect(valuesOf("val_accuracy").at(-1)!.value).toBeGreaterThan(0.95);
    const rates = valuesOf("learning_rate").map(({ value }) => value);
    expect(rates).toEqual([0.02, 0.02, 0.01, 0.01, 0.005, 0.005]);
    for (const [path] of model.namedParameters()) {
      for (const what of ["weight/rms", "weight/update", "gradient/rms"]) {
        const points = valuesOf(`${what}/${path}`);
        expect(points.map(({ step }) => step)).toEqual([10, 20, 30, 40, 50]);
        for (const { value } of points) expect(value).toBeGreaterThan(0);
      }
    }
    expect(tags).toEqual({});
    expect(status()).toBe("FINISHED");
  });

  it("is told when a run fails", async () => {
    const { callback, status } = tracker();
    await expect(run([callback], 1e308)).rejects.toThrow(/epoch 1, step \d/);
    expect(status()).toBe("FAILED");
  });

  it("works beside logs, checkpoints and early stopping", async () => {
    const { callback, valuesOf } = tracker();
    const states: TrainingState[] = [];
    const csv: string[] = [];
    const json: string[] = [];
    const { history } = await run([
      callback,
      csvLog({ write: (line) => void csv.push(line) }),
      jsonLog({ write: (line) => void json.push(line) }),
      saveCheckpoints({ save: (state) => void states.push(state), every: 2 }),
      earlyStopping({ patience: 2 }),
    ]);
    expect(states.map((state) => state.history.epochs.length)).toEqual([2, 4, 6]);
    const events = json.map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ event: "start", parameters: { optimizer: "Adam" } });
    expect(events.at(-1)).toMatchObject({ event: "end", epochs: 6, stopped: false });
    const logged = events.filter(({ event }) => event === "epoch");
    expect(logged.map(({ loss }) => loss)).toEqual(history.epochs.map(({ loss }) => loss));
    expect(valuesOf("val_loss").map(({ value }) => value)).toEqual(
      logged.map(({ validationLoss }) => validationLoss),
    );
    expect(csv[0]).toMatch(/^epoch,loss,accuracy,validation loss,validation accuracy,/);
    const rows = csv.slice(1).map((line) => line.split(",").map(Number));
    expect(rows.map(([, loss]) => loss)).toEqual(history.epochs.map(({ loss }) => loss));
  });
});
