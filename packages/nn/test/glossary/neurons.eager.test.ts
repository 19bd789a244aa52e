import { asTensor, key, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  accuracy,
  analyseUnits,
  bce,
  bceWithLogits,
  chronological,
  Dense,
  dissect,
  fit,
  init,
  LSTMCell,
  layerOf,
  Module,
  mse,
  Perceptron,
  parseCsv,
  predict,
  ReLUNeuron,
  r2,
  SigmoidNeuron,
  slidingWindows,
  take,
} from "../../src/index.js";
import { iris, rangeOf, readExample } from "./examples.js";

const flowers = iris({ dtype: "float64" });
const f64 = { dtype: "float64" } as const;
const quiet = { progress: false, key: key(9) } as const;

/** Two species, the second of which is to be told by a 1. */
function pair(first: number, second: number) {
  const rows = [...rangeOf(50 * first, 50 * first + 50), ...rangeOf(50 * second, 50 * second + 50)];
  const targets = tensor(
    rows.map((row) => (row >= 50 * second ? 1 : 0)),
    f64,
  );
  return { inputs: take(flowers.inputs, rows), targets };
}

async function trainedSigmoid(data: ReturnType<typeof pair>, epochs: number) {
  const neuron = new SigmoidNeuron({ inputs: 4, key: key(1), ...f64 });
  const optimizer = new Adam(neuron.parameters(), { learningRate: 0.1 });
  await fit(neuron, { ...data, loss: bce, optimizer, epochs, batchSize: 100, ...quiet });
  return neuron;
}

describe("inputs, weights, bias, weighted sum, activation, threshold", () => {
  it("can each be read by name, and add up to the answer of a trained neuron", async () => {
    const data = pair(1, 2);
    const neuron = await trainedSigmoid(data, 200);
    const answers = predict(neuron, data.inputs).toTypedArray();
    for (const row of [0, 20, 33, 70, 99]) {
      const parts = dissect(neuron, data.inputs.slice(row));
      const x = data.inputs.slice(row).toArray() as number[];
      expect(parts.inputs).toEqual(x);
      expect(parts.weights).toEqual(neuron.weight.toArray());
      expect(parts.products).toEqual(x.map((own, i) => own * parts.weights![i]!));
      expect(parts.bias).toBe(neuron.bias.item());
      expect(parts.threshold).toBe(-parts.bias!);
      const sum = parts.products!.reduce((a, b) => a + b);
      expect(parts.sum).toBeCloseTo(sum, 12);
      expect(parts.weightedSum).toBeCloseTo(sum + parts.bias!, 12);
      expect(parts.activation).toEqual(["sigmoid"]);
      expect(parts.output).toBeCloseTo(1 / (1 + Math.exp(-parts.weightedSum!)), 12);
      expect(parts.output).toBeCloseTo(answers[row]!, 12);
      expect(parts.slope).toBeCloseTo(parts.output * (1 - parts.output), 12);
      // It says yes exactly where the weighted inputs exceed the threshold.
      expect(parts.output > 0.5).toBe(parts.sum! > parts.threshold!);
    }
    const text = String(dissect(neuron, data.inputs.slice(0)));
    expect(text).toMatch(/^SigmoidNeuron\n +w1 \* x1 .* = /);
    for (const part of ["bias", "threshold", "weighted sum z", "sigmoid, slope", "output"]) {
      expect(text).toContain(part);
    }
  });
});

describe("perceptron, sigmoid neuron, ReLU neuron, LSTM cell", () => {
  /** Mistakes in each pass, until one has none. */
  function passes(x: Tensor, targets: Tensor, most: number): number[] {
    const perceptron = new Perceptron({ inputs: x.shape[1]!, key: key(1), ...f64 });
    const mistakes: number[] = [];
    while (mistakes.length < most && mistakes.at(-1) !== 0) {
      mistakes.push(perceptron.learn(x, targets));
    }
    if (mistakes.at(-1) === 0) expect(accuracy(perceptron.apply(x), targets).item()).toBe(1);
    return mistakes;
  }

  it("a perceptron finds a line between two species, and none where there is none", () => {
    const setosa = pair(0, 1);
    expect(passes(setosa.inputs, setosa.targets, 20).at(-1)).toBe(0);
    // Versicolor and virginica overlap; no line makes XOR.
    const others = pair(1, 2);
    expect(Math.min(...passes(others.inputs, others.targets, 20))).toBeGreaterThan(0);
    const corners = asTensor(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
      "float64",
    );
    const xor = asTensor([0, 1, 1, 0], "float64");
    expect(Math.min(...passes(corners, xor, 100))).toBeGreaterThan(0);
    expect(passes(corners, asTensor([0, 1, 1, 1], "float64"), 100).at(-1)).toBe(0);
  });

  it("a sigmoid neuron says how sure it is, and goes flat where it is", async () => {
    const data = pair(1, 2);
    const neuron = await trainedSigmoid(data, 300);
    const sure = predict(neuron, data.inputs);
    expect(accuracy(sure, data.targets).item()).toBeGreaterThanOrEqual(0.96);
    // At the least cross-entropy the bias has no slope: the answers have the mean of the targets.
    expect(sure.mean().item()).toBeCloseTo(0.5, 2);
    const shares = sure.toTypedArray();
    const unsure = shares.filter((p) => p > 0.1 && p < 0.9).length;
    expect(unsure).toBeGreaterThan(3);
    expect(unsure).toBeLessThan(40);
    const far = dissect(neuron, data.inputs.slice(99).mul(50));
    expect(far.slope).toBeLessThan(1e-12);
  });

  it("a ReLU neuron is linear where it fires, and dead where it never does", async () => {
    const inputs = flowers.inputs.slice(null, [0, 3]);
    const targets = tensor(flowers.measures.petal_width_cm, f64);
    const layer = layerOf(ReLUNeuron, { inputs: 3, units: 1, key: key(2), ...f64 });
    layer.bias.assign([1]);
    const train = (learningRate: number) =>
      fit(layer, {
        ...{ inputs, targets: targets.reshape([-1, 1]), loss: mse, epochs: 200, batchSize: 150 },
        optimizer: new Adam(layer.parameters(), { learningRate }),
        ...quiet,
      });
    await train(0.05);
    const widths = predict(layer, inputs);
    expect(r2(widths, targets.reshape([-1, 1])).item()).toBeGreaterThan(0.92);
    expect(analyseUnits(layer, inputs).layers[0]!.units[0]!.isDead).toBe(false);
    layer.bias.assign([-100]);
    const [before] = [layer.weight.toArray()];
    expect(analyseUnits(layer, inputs).layers[0]!).toMatchObject({ dead: 1, meanSlope: 0 });
    await train(0.05);
    expect(layer.weight.toArray()).toEqual(before);
  });

  it("an LSTM cell remembers how a week began, and nothing that its state does not hold", async () => {
    class Recall extends Module {
      readonly cell = new LSTMCell({ inputs: 1, hidden: 6, key: key(4) });
      readonly readout = new Dense({ inputs: 6, units: 1, key: key(5) });

      forward(days: Tensor): Tensor {
        let state = this.cell.initialState(days.shape[0]!);
        for (let t = 0; t < days.shape[1]!; t++) {
          state = this.cell.apply(days.slice(null, t), state);
        }
        return this.readout.apply(state.h);
      }
    }
    const { columns, rows } = parseCsv(readExample("seattle-weather.csv"), {
      columns: { precipitation: "number" },
    });
    const rained = Float32Array.from(columns.precipitation, (mm) => (mm > 0 ? 1 : -1));
    const { train, validation } = chronological(rows, { fraction: 0.25 });
    const weeks = (days: Int32Array, length: number) => {
      const all = tensor(Float32Array.from(days, (day) => rained[day]!)).reshape([-1, 1]);
      const { inputs } = slidingWindows(all, { length });
      return { inputs, targets: inputs.slice(null, 0).add(1).div(2).stopGradient() };
    };
    const taught = weeks(train, 7);
    const [week, season] = [weeks(validation, 7), weeks(validation, 90)];
    const model = new Recall();
    const learn = (own: Module & { apply(x: Tensor): Tensor }, inputs: Tensor) =>
      fit(own, {
        ...{ inputs, targets: taught.targets, loss: bceWithLogits, epochs: 8, batchSize: 32 },
        optimizer: new Adam(own.parameters(), { learningRate: 0.02 }),
        ...quiet,
      });
    await learn(model, taught.inputs);
    const lastDay = new Dense({ inputs: 1, units: 1, key: key(6), weightInit: init.zeros });
    await learn(lastDay, taught.inputs.slice(null, -1));
    const right = (logits: Tensor, targets: Tensor) =>
      accuracy(logits, targets, { threshold: 0 }).item();
    expect(right(predict(model, week.inputs), week.targets)).toBeGreaterThan(0.97);
    const forgetful = predict(lastDay, week.inputs.slice(null, -1));
    expect(right(forgetful, week.targets)).toBeLessThan(0.75);
    expect(right(predict(model, season.inputs), season.targets)).toBeGreaterThan(0.97);
    // All that it knows is its state: the days after the first one tell it nothing.
    const withoutFirst = predict(model, week.inputs.slice(null, [1, 7]));
    expect(right(withoutFirst, week.targets)).toBeLessThan(0.75);
  });
});
