import { key, replay, type Tensor, trace, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  Adam,
  crossEntropy,
  Dense,
  Dropout,
  type Module,
  mse,
  type Optimizer,
  RMSprop,
  Sequential,
  SGD,
} from "../src/index.js";
import { expectGolden, float64, golden } from "./support/golden.js";

it("ten steps of Adam on a small network agree with PyTorch", () => {
  const { initial, x, y, lossBeforeEachStep, lossAtTheEnd, final } = golden.training;
  const hidden = new Dense({
    inputs: 3,
    units: 8,
    dtype: "float64",
    activation: (z) => z.tanh(),
  });
  const output = new Dense({ inputs: 8, units: 1, dtype: "float64" });
  const model = new Sequential(hidden, output);
  const names = ["weight1", "bias1", "weight2", "bias2"];
  for (const [i, parameter] of model.parameters().entries()) {
    parameter.assign(float64(initial[names[i]!]!));
  }
  const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
  for (const expected of lossBeforeEachStep) {
    const loss = evaluate(
      (x: Tensor, y: Tensor) => {
        optimizer.zeroGrad();
        const loss = mse(model.apply(x), y);
        loss.backward();
        optimizer.step();
        return loss;
      },
      float64(x),
      float64(y),
    );
    expectGolden(loss, expected);
  }
  const end = evaluate((x: Tensor) => mse(model.apply(x), float64(y)), float64(x));
  expectGolden(end, lossAtTheEnd);
  for (const [i, parameter] of model.parameters().entries()) {
    expectGolden(parameter, final[names[i]!]!);
  }
});

describe("a whole training step, traced once and replayed", () => {
  const x = float64([
    [0.5, -1, 0.2],
    [1, 0.3, -0.7],
  ]).cast("float32");
  const labels = [1, 0];

  function makeModel(): Sequential {
    return new Sequential(
      new Dense({ inputs: 3, units: 16, activation: (z) => z.relu(), key: key(1) }),
      new Dropout({ p: 0.5, key: key(2) }),
      new Dense({ inputs: 16, units: 2, key: key(3) }),
    );
  }

  const stepOf = (model: Sequential, optimizer: Optimizer) => (x: Tensor) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.apply(x), labels);
    loss.backward();
    optimizer.step();
    return loss;
  };

  /** Everything that a step changes: parameters, gradients, random keys, the optimizer's memory. */
  const stateOf = (model: Module, optimizer: Optimizer) => [
    ...Array.from(model.namedState(), ([, state]) => state),
    ...model.parameters().map((parameter) => parameter.grad!),
    ...Array.from(optimizer.namedState(), ([, state]) => state),
  ];

  it.each<[name: string, make: (model: Module) => Optimizer]>([
    ["SGD", (model) => new SGD(model.parameters(), { learningRate: 0.1 })],
    [
      "SGD with momentum and dampening",
      (model) => new SGD(model.parameters(), { momentum: 0.9, dampening: 0.5, weightDecay: 0.1 }),
    ],
    ["RMSprop", (model) => new RMSprop(model.parameters(), { learningRate: 0.001, momentum: 0.9 })],
    ["Adam", (model) => new Adam(model.parameters(), { weightDecay: 0.01 })],
  ])("has the bits of ten eager steps: %s", (_, make) => {
    const [eager, traced] = [makeModel(), makeModel()];
    const [eagerOptimizer, tracedOptimizer] = [make(eager), make(traced)];
    const before = traced.parameters().map((parameter) => parameter.toArray());
    const { graph } = trace(stepOf(traced, tracedOptimizer), x);
    expect(traced.parameters().map((parameter) => parameter.toArray())).toEqual(before);

    const eagerStep = stepOf(eager, eagerOptimizer);
    const losses = new Set<number>();
    for (let i = 0; i < 10; i++) {
      // The rate is state: a change is seen by both.
      if (i === 5) for (const o of [eagerOptimizer, tracedOptimizer]) o.learningRate.assign(0.05);
      const loss = eagerStep(x);
      losses.add(loss.item());
      expectSame(replay(graph, [x])[0]!, loss);
      const found = stateOf(traced, tracedOptimizer);
      for (const [at, state] of stateOf(eager, eagerOptimizer).entries()) {
        expectSame(found[at]!, state);
      }
    }
    expect(losses.size).toBe(10);
  });

  it("depends on the mode: the trace keeps what it read", () => {
    const model = makeModel();
    const { graph } = trace((x: Tensor) => model.apply(x), x);
    expect(graph.guards.every(({ cell, value }) => cell.value === value)).toBe(true);
    model.eval();
    expect(graph.guards.every(({ cell, value }) => cell.value === value)).toBe(false);
  });
});

describe("gradients that add up over steps", () => {
  const w = () => variable([1, 2], { dtype: "float64" });

  it("are traced for a gradient that is there, and guarded on it", () => {
    const parameter = w();
    const accumulate = (x: Tensor) => {
      parameter.mul(x).sum().backward();
      return [];
    };
    const x = float64([3, 5]);
    const first = trace(accumulate, x).graph;
    replay(first, [x]);
    expectSame(parameter.grad!, float64([3, 5]));
    expect(first.guards.some(({ cell, value }) => cell.value !== value)).toBe(true);

    const second = trace(accumulate, x).graph;
    replay(second, [x]);
    replay(second, [x]);
    expectSame(parameter.grad!, float64([9, 15]));
  });
});
