import {
  grad,
  key,
  ShapeError,
  type Tensor,
  tensor,
  topology,
  ValueError,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { LSTM, LSTMCell, type Module } from "../src/index.js";
import { checkModule } from "./support/functional.js";
import { expectGolden, float64, golden } from "./support/golden.js";

const sizes = { inputs: 3, hidden: 4, dtype: "float64" } as const;

/** PyTorch's names of the parameters, in our order. */
const torchNames = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

function load(cell: Module, weights: Readonly<Record<string, unknown>>, suffix = ""): void {
  for (const [i, parameter] of cell.parameters().entries()) {
    parameter.assign(float64(weights[`${torchNames[i]}${suffix}`] as number[]));
  }
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe("LSTMCell", () => {
  it("is the textbook's equations, with one input and one unit", () => {
    const cell = new LSTMCell({ inputs: 1, hidden: 1, dtype: "float64" });
    // i, f, g, o: weights of x, weights of h, and two biases.
    cell.weightIh.assign([[0.5], [-1], [2], [0.25]]);
    cell.weightHh.assign([[1], [0.5], [-0.5], [-2]]);
    cell.biasIh!.assign([0.1, 0.2, 0.3, 0.4]);
    cell.biasHh!.assign([0, 1, 0, -1]);
    const [x, h, c] = [0.7, -0.3, 1.2];
    const i = sigmoid(0.5 * x + h + 0.1);
    const f = sigmoid(-x + 0.5 * h + 1.2);
    const g = Math.tanh(2 * x - 0.5 * h + 0.3);
    const o = sigmoid(0.25 * x - 2 * h - 0.6);
    const next = f * c + i * g;
    const found = evaluate(
      (x: Tensor, h: Tensor, c: Tensor) => cell.apply(x, { h, c }),
      float64([[x]]),
      float64([[h]]),
      float64([[c]]),
    );
    expectClose(found.c, [[next]], { rtol: 1e-14 });
    expectClose(found.h, [[o * Math.tanh(next)]], { rtol: 1e-14 });
  });

  it("agrees with PyTorch, gradients included", () => {
    const { weights, x, h, c, hNext, cNext, cot, gradients } = golden.lstmCell;
    const cell = new LSTMCell(sizes);
    load(cell, weights);
    const found = evaluate(
      (x: Tensor, h: Tensor, c: Tensor) => {
        const own = [x.alias(), h.alias(), c.alias()] as const;
        const next = cell.apply(own[0], { h: own[1], c: own[2] });
        const total = next.h
          .mul(float64(cot.hNext!))
          .sum()
          .add(next.c.mul(float64(cot.cNext!)).sum());
        return { ...next, gradients: grad(total, [...cell.parameters(), ...own]) };
      },
      float64(x),
      float64(h),
      float64(c),
    );
    expectGolden(found.h, hNext);
    expectGolden(found.c, cNext);
    for (const [i, name] of [...torchNames, "x", "h", "c"].entries()) {
      expectGolden(found.gradients[i]!, gradients[name]!);
    }
  });

  it("has the right first and second derivatives", () => {
    const cell = new LSTMCell({ inputs: 2, hidden: 2, dtype: "float64", key: key(1) });
    const inputs = [[[0.5, -1]], [[0.1, 0.2]], [[-0.4, 0.8]]].map((rows) => float64(rows));
    const outputs = (x: Tensor, h: Tensor, c: Tensor) => {
      const next = cell.apply(x, { h, c });
      return next.h.concat([next.c]);
    };
    const report = checkModule(cell, (x, h, c) => outputs(x!, h!, c!), inputs);
    expect(report.worst).toBeLessThan(1e-6);
  });

  it("begins within ±1/√hidden, by its key, with PyTorch's layouts", () => {
    const [a, b, other] = [1, 1, 2].map((seed) => new LSTMCell({ ...sizes, key: key(seed) }));
    const named = Array.from(a!.namedParameters(), ([path, { shape }]) => [path, shape]);
    expect(named).toEqual([
      ["weightIh", [16, 3]],
      ["weightHh", [16, 4]],
      ["biasIh", [16]],
      ["biasHh", [16]],
    ]);
    for (const [i, parameter] of a!.parameters().entries()) {
      const values = [...parameter.asTensor().toTypedArray()];
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(0.5);
      expectSame(parameter, b!.parameters()[i]!);
      expect(other!.parameters()[i]!.toArray()).not.toEqual(parameter.toArray());
    }
  });

  it("names its gates in the graph", () => {
    const cell = new LSTMCell(sizes);
    const { h } = cell.apply(float64([[1, 2, 3]]), cell.initialState(1));
    const labelled = topology([h]).nodes.filter((node) => node.label?.includes("gate"));
    expect(labelled.map((node) => [node.label, node.scope.path])).toEqual(
      expect.arrayContaining([
        ["input gate i", "input"],
        ["forget gate f", "forget"],
        ["output gate o", "output"],
      ]),
    );
  });

  it("refuses a state of another batch or width, naming which", () => {
    const cell = new LSTMCell(sizes);
    const x = float64([[1, 2, 3]]);
    expect(() => cell.apply(x, cell.initialState(2))).toThrow(
      expect.objectContaining({ name: "ShapeError", shapes: [[2, 4]] }),
    );
    expect(() => cell.apply(float64([[1, 2]]), cell.initialState(1))).toThrow(
      "LSTMCell: the input has shape [1, 2], not [1, 3]",
    );
    expect(() => new LSTMCell({ inputs: 3, hidden: 0 })).toThrow(ValueError);
  });
});

describe("LSTM", () => {
  it("agrees with PyTorch, gradients included", () => {
    const { weights, x, h0, c0, out, h_n, c_n, cot, cotOfStates, ...expected } = golden.lstm;
    const lstm = new LSTM(sizes);
    load(lstm, weights, "_l0");
    const found = evaluate(
      (x: Tensor, h0: Tensor, c0: Tensor) => {
        const own = [x.alias(), h0.alias(), c0.alias()] as const;
        // PyTorch's states have an axis for layers in front.
        const { outputs, state } = lstm.apply(own[0], { h: own[1].slice(0), c: own[2].slice(0) });
        const wanted = [...lstm.parameters(), ...own];
        const ofOutputs = outputs.mul(float64(cot)).sum();
        const ofStates = state.h
          .mul(float64(cotOfStates.h_n!).slice(0))
          .add(state.c.mul(float64(cotOfStates.c_n!).slice(0)))
          .sum();
        return {
          outputs,
          h: state.h.unsqueeze(0),
          c: state.c.unsqueeze(0),
          gradients: grad(ofOutputs, wanted),
          gradientsWithStates: grad(ofOutputs.add(ofStates), wanted),
        };
      },
      float64(x),
      float64(h0),
      float64(c0),
    );
    expectGolden(found.outputs, out);
    expectGolden(found.h, h_n);
    expectGolden(found.c, c_n);
    const names = [...torchNames.map((name) => `${name}_l0`), "x", "h0", "c0"];
    for (const [i, name] of names.entries()) {
      expectGolden(found.gradients[i]!, expected.gradients[name]!);
      expectGolden(found.gradientsWithStates[i]!, expected.gradientsWithStates[name]!);
    }
  });

  it("begins from zeros, and goes on from a state as if never interrupted", () => {
    const lstm = new LSTM({ inputs: 2, hidden: 3, dtype: "float64", key: key(2) });
    const x = float64([
      [
        [1, 2],
        [0.5, -1],
        [0, 1],
      ],
    ]);
    const whole = evaluate((x: Tensor) => lstm.apply(x), x);
    const parts = evaluate((x: Tensor) => {
      const first = lstm.apply(x.slice(null, [0, 2]), lstm.initialState(1));
      return lstm.apply(x.slice(null, [2, 3]), first.state);
    }, x);
    expectSame(parts.state.h, whole.state.h);
    expectSame(parts.state.c, whole.state.c);
    expectSame(whole.outputs.slice(null, 2), whole.state.h);
  });

  it("has the right first and second derivatives over three times", () => {
    const lstm = new LSTM({ inputs: 1, hidden: 1, dtype: "float64", key: key(3) });
    const x = float64([
      [[0.5], [-1], [2]],
      [[1], [0.1], [-0.3]],
    ]);
    const report = checkModule(lstm, (x) => lstm.apply(x!).outputs, [x]);
    expect(report.worst).toBeLessThan(1e-6);
  });

  it("refuses what is no sequence of its width, or has no times", () => {
    const lstm = new LSTM({ inputs: 2, hidden: 3 });
    for (const x of [tensor([[1, 2]]), tensor([[[1, 2, 3]]]), tensor([], { shape: [1, 0, 2] })]) {
      expect(() => lstm.apply(x)).toThrow(ShapeError);
      expect(() => lstm.apply(x)).toThrow(
        expect.objectContaining({ op: "LSTM", shapes: [x.shape] }),
      );
    }
  });
});
