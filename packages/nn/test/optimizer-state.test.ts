import {
  scalar,
  type Tensor,
  tensor,
  ValueError,
  type Variable,
  variable,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  EMA,
  Lion,
  NAdam,
  type Optimizer,
  RAdam,
  RMSprop,
  SGD,
  SWA,
} from "../src/index.js";
import { thrown } from "./support/thrown.js";

/** One step with a given gradient, on the executor of this run; returns the parameter after it. */
const stepWith = (optimizer: Optimizer, parameter: Variable, gradient: Tensor): Tensor =>
  evaluate((g: Tensor) => {
    parameter.grad = g;
    optimizer.step();
    return parameter.asTensor();
  }, gradient);

describe("the state of an optimizer", () => {
  it.each<[name: string, make: (w: Variable) => Optimizer]>([
    ["SGD", (w) => new SGD([w], { momentum: 0.9, dampening: 0.1 })],
    ["RMSprop", (w) => new RMSprop([w], { momentum: 0.9, centered: true })],
    ["Adam", (w) => new Adam([w], { amsgrad: true })],
    ["AdamW", (w) => new AdamW([w])],
    ["Adagrad", (w) => new Adagrad([w], { learningRateDecay: 0.1 })],
    ["Adadelta", (w) => new Adadelta([w])],
    ["Adamax", (w) => new Adamax([w])],
    ["NAdam", (w) => new NAdam([w])],
    ["RAdam", (w) => new RAdam([w], { betas: [0.9, 0.9] })],
    ["Lion", (w) => new Lion([w])],
  ])("is complete: %s goes on from it with the same bits", (name, make) => {
    const [w, copy] = [variable([1, 2]), variable([1, 2])];
    const [optimizer, resumed] = [make(w), make(copy)];
    for (let i = 0; i < 3; i++) stepWith(optimizer, w, tensor([0.1, -i]));
    optimizer.learningRate.assign(0.03);
    copy.assign(w.asTensor());
    const state = optimizer.stateDict();
    expect(Object.keys(state)[0]).toBe(`${name}.learningRate`);
    resumed.loadStateDict(state);
    for (let i = 0; i < 6; i++) {
      const g = tensor([i, 0.2]);
      expectSame(stepWith(resumed, copy, g), stepWith(optimizer, w, g));
    }
  });

  it("is a snapshot: later steps do not change it", () => {
    const w = variable([1, 2]);
    const optimizer = new Adam([w]);
    const state = optimizer.stateDict();
    stepWith(optimizer, w, tensor([1, 1]));
    expect(state["Adam.mean.0"]!.toArray()).toEqual([0, 0]);
  });

  it("has these names", () => {
    const names = (optimizer: Optimizer) => Array.from(optimizer.namedState(), ([name]) => name);
    expect(names(new SGD([scalar(1)]))).toEqual(["learningRate"]);
    expect(names(new Adam([scalar(1)]))).toEqual([
      "learningRate",
      "mean.0",
      "meanSquare.0",
      "beta1Power.0",
      "beta2Power.0",
    ]);
  });
});

describe("a state that does not fit names both and changes nothing", () => {
  const of = (shape: number) => variable(new Float32Array(shape));

  it.each<[facts: RegExp, state: () => Optimizer]>([
    [/Adam was given the state of SGD: SGD.learningRate/, () => new SGD([of(2)])],
    [/Adam was given the state of AdamW/, () => new AdamW([of(2)])],
    [/mean\.0 \(float32 \[2\] here, float32 \[3\] given\)/, () => new Adam([of(3)])],
    [/unexpected: Adam\.mean\.1/, () => new Adam([of(2), of(2)])],
    [/unexpected: Adam\.largestMeanSquare\.0/, () => new Adam([of(2)], { amsgrad: true })],
    [
      /mean\.0 \(float32 \[2\] here, float64 \[2\] given\)/,
      () => new Adam([variable(new Float64Array(2))]),
    ],
  ])("%s", (facts, other) => {
    const optimizer = new Adam([of(2)], { learningRate: 0.5 });
    const before = optimizer.stateDict();
    const error = thrown(ValueError, () => optimizer.loadStateDict(other().stateDict()));
    expect(error.message).toMatch(facts);
    expect(error.fix).toMatch(/saved/);
    const after = optimizer.stateDict();
    for (const [name, value] of Object.entries(before)) expectSame(after[name]!, value);
  });

  it("and so does one that lacks something", () => {
    const { "Adam.mean.0": _, ...rest } = new Adam([of(2)]).stateDict();
    expect(() => new Adam([of(2)]).loadStateDict(rest)).toThrow(/missing: Adam\.mean\.0/);
    expect(() => new Adam([of(2)]).loadStateDict({})).toThrow(/missing: Adam\.learningRate/);
  });

  it("averages are as strict", () => {
    const [ema, swa] = [new EMA([of(2)]), new SWA([of(2)])];
    expect(() => ema.loadStateDict(swa.stateDict())).toThrow(/EMA was given the state of SWA/);
    expect(() => ema.loadStateDict(new EMA([of(3)]).stateDict())).toThrow(
      /average\.0 \(float32 \[2\] here, float32 \[3\] given\)/,
    );
  });
});
