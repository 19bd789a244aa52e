import { key, split, stack, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  accuracy,
  checkNeuron,
  crossEntropy,
  Dense,
  evaluate,
  fit,
  gradientReport,
  init,
  LSTM,
  Module,
  mse,
  Neuron,
  predict,
  Residual,
  rmse,
  Sequential,
  sequenceOf,
  summary,
} from "../../src/index.js";
import { weather } from "../tasks/data.js";
import { iris, tanh } from "./examples.js";

describe("feedforward, recurrent, skip connections", () => {
  /** Days to numbers, numbers to a hidden state, and on top of it blocks to go around. */
  class Forecaster extends Module {
    readonly encoder = new Dense({ inputs: 4, units: 6, activation: tanh, ...this.inherited });
    readonly lstm = new LSTM({ inputs: 6, hidden: 8, ...this.inherited });
    readonly blocks = new Sequential(
      ...split(this.nextKey()).map(
        (key) => new Residual(new Dense({ inputs: 8, units: 8, activation: tanh, key })),
      ),
    );
    readonly readout = new Dense({ inputs: 8, units: 1, ...this.inherited });

    forward(days: Tensor): Tensor {
      const { outputs } = this.lstm.apply(this.encoder.apply(days));
      return this.readout.apply(this.blocks.apply(outputs.slice(null, -1)));
    }
  }

  it("make one model, which forecasts better than saying that tomorrow is like today", async () => {
    const { inputs, targets, testInputs, testTargets, unit } = weather();
    const model = new Forecaster({ key: key(1) });
    await fit(model, {
      ...{ inputs, targets, loss: mse, epochs: 10, batchSize: 32, progress: false, key: key(2) },
      optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
    });
    const error = rmse(predict(model, testInputs), testTargets).item() * unit;
    const sameAsToday = testInputs.slice(null, -1, [0, 1]);
    const naive = rmse(sameAsToday, testTargets).item() * unit;
    expect(naive).toBeGreaterThan(2.7);
    expect(error).toBeLessThan(0.97 * naive);
    const week = testInputs.slice([0, 1]);
    const table = summary(model, week).toString();
    for (const part of ["encoder", "lstm.l0", "blocks.1.inner", "readout"]) {
      expect(table).toContain(part);
    }
    // The hidden state is all that is passed on: two halves give what the whole week gives.
    const encoded = model.encoder.apply(week);
    const whole = model.lstm.apply(encoded);
    const first = model.lstm.apply(encoded.slice(null, [0, 3]));
    const second = model.lstm.apply(encoded.slice(null, [3, 7]), first.state);
    expect(second.state.h.toArray()).toEqual(whole.state.h.toArray());
    // How the week began still matters at its end.
    const warmer = stack([week.slice(0, 0).add(3), ...rest(week)]).unsqueeze(0);
    expect(model.apply(warmer).item()).not.toBe(model.apply(week).item());
  });

  it("a neuron of one's own can see its own last output, and follows a season by it", async () => {
    class Leaky extends Neuron {
      readonly weight = this.parameter([this.inputs]);
      readonly own = this.parameter([]);
      readonly bias = this.parameter([], { init: init.zeros });

      initialState() {
        return { y: this.own.mul(0) };
      }

      forward(x: Tensor, { y }: { y: Tensor }): [Tensor, { y: Tensor }] {
        const next = x.dot(this.weight).add(y.mul(this.own)).add(this.bias).tanh();
        return [next, { y: next }];
      }
    }
    const { inputs, targets, testInputs, testTargets, unit } = weather();
    class Season extends Module {
      readonly units = sequenceOf(Leaky, { inputs: 4, units: 6, key: this.nextKey() });
      readonly readout = new Dense({ inputs: 6, units: 1, key: this.nextKey() });

      forward(days: Tensor): Tensor {
        return this.readout.apply(this.units.apply(days).state.output);
      }
    }
    const model = new Season({ key: key(1) });
    await fit(model, {
      ...{ inputs, targets, loss: mse, epochs: 10, batchSize: 32, progress: false, key: key(2) },
      optimizer: new Adam(model.parameters(), { learningRate: 0.02 }),
    });
    expect(model.units.own.shape).toEqual([6]);
    expect(rmse(predict(model, testInputs), testTargets).item() * unit).toBeLessThan(2.9);
    const report = checkNeuron(Leaky, inputs.slice([0, 2], [0, 3]));
    expect(report.ok, `${report}`).toBe(true);
  });

  it("100 layers learn with skips; without, they do not, and the report says why", async () => {
    const { inputs, targets } = iris();
    const layers = () =>
      split(key(3), 100).map(
        (own) =>
          new Dense({
            ...{ inputs: 4, units: 4, activation: tanh, key: own },
            ...{ weightInit: init.xavierUniform(0.5), biasInit: init.zeros },
          }),
      );
    const head = () => new Dense({ inputs: 4, units: 3, key: key(4) });
    const plain = new Sequential(...layers(), head());
    const skipping = new Sequential(...layers().map((layer) => new Residual(layer)), head());
    const flowOf = (model: Sequential) =>
      gradientReport(model, crossEntropy(model.apply(inputs), targets)).flow;
    const [without, around] = [flowOf(plain), flowOf(skipping)];
    expect(without).toMatchObject({ isVanishing: true, cause: "weights" });
    expect(without.firstToLast).toBeLessThan(1e-20);
    expect(String(without)).toMatch(/^the gradient vanishes: x0\.\d+ .* the cause is the weights$/);
    expect(around).toMatchObject({ isVanishing: false, isExploding: false });
    const shareRight = async (model: Sequential) => {
      await fit(model, {
        ...{ inputs, targets, loss: crossEntropy, epochs: 20, batchSize: 150, key: key(5) },
        compile: false,
        optimizer: new Adam(model.parameters(), { learningRate: 0.01 }),
        progress: false,
      });
      const judged = { inputs, targets, loss: crossEntropy, metrics: { accuracy } };
      return evaluate(model, judged).metrics.accuracy!;
    };
    // Without skips it cannot do better than name one species for all.
    expect(await shareRight(plain)).toBeLessThan(0.4);
    expect(await shareRight(skipping)).toBeGreaterThan(0.9);
  });
});

const rest = (week: Tensor): Tensor[] => [1, 2, 3, 4, 5, 6].map((day) => week.slice(0, day));
