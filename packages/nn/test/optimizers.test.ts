import {
  GradientError,
  scalar,
  type Tensor,
  tensor,
  ValueError,
  type Variable,
  variable,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  Adadelta,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  Lion,
  NAdam,
  Optimizer,
  RAdam,
  RMSprop,
  SGD,
} from "../src/index.js";
import { expectGolden, float64, golden } from "./support/golden.js";

const kinds = { SGD, RMSprop, Adam };

/** PyTorch's options that ours call otherwise. */
const ourNames: Record<string, string> = { lr: "learningRate", weight_decay: "weightDecay" };

/** One step with a given gradient, on the executor of this run; returns the parameter after it. */
const stepWith = (optimizer: Optimizer, parameter: Variable, gradient: Tensor): Tensor =>
  evaluate((g: Tensor) => {
    parameter.grad = g;
    optimizer.step();
    return parameter.asTensor();
  }, gradient);

describe("optimizers agree with PyTorch at every one of 20 steps", () => {
  const { start, gradients, runs } = golden.optimizers;

  it.each(Object.keys(runs))("%s", (name) => {
    const run = runs[name]!;
    const { centered: _, ...options } = run.options;
    const ours = Object.entries(options).map(([key, value]) => [ourNames[key] ?? key, value]);
    const parameter = variable(float64(start));
    const optimizer = new kinds[run.class]([parameter], Object.fromEntries(ours));
    for (const [i, gradient] of gradients.entries()) {
      expectGolden(stepWith(optimizer, parameter, float64(gradient)), run.steps[i]!);
    }
  });

  it("with their defaults: 0.001 for SGD and Adam, 0.01 for RMSprop", () => {
    const rates = [SGD, Adam, RMSprop].map((kind) => new kind([scalar(0)]).learningRate.item());
    expect(rates).toEqual([0.001, 0.001, 0.01]);
  });
});

describe("optimizers by hand", () => {
  it("SGD moves by rate·g", () => {
    const w = variable([1, 2], { dtype: "float64" });
    expectSame(
      stepWith(new SGD([w], { learningRate: 0.5 }), w, float64([1, -2])),
      float64([0.5, 3]),
    );
  });

  it("SGD with momentum 1 goes one, two, three units for the same gradient", () => {
    const w = scalar(0);
    const optimizer = new SGD([w], { learningRate: 1, momentum: 1 });
    const path = [1, 1, 1].map(() => stepWith(optimizer, w, float64(1)).item());
    expect(path).toEqual([-1, -3, -6]);
  });

  it("Adam's first step is the rate, whatever the size of the gradient", () => {
    for (const size of [1e-3, 1, 1e5]) {
      const w = scalar(0);
      const after = stepWith(new Adam([w], { learningRate: 0.1 }), w, float64(size));
      expectClose(after, -0.1 / (1 + 1e-8 / size), { rtol: 1e-12 });
    }
  });

  it("Adam gives a parameter that starts late the correction of its own first step", () => {
    const [early, late] = [scalar(0), scalar(0)];
    const optimizer = new Adam([early, late], { learningRate: 0.1 });
    for (let i = 0; i < 50; i++) stepWith(optimizer, early, float64(1));
    optimizer.zeroGrad();
    expectClose(stepWith(optimizer, late, float64(1)), -0.1, { rtol: 1e-7 });
  });

  it("Adam in float32 stays within rounding of float64 for 20 steps", () => {
    const [narrow, wide] = [variable([0.5, -0.25]), variable([0.5, -0.25], { dtype: "float64" })];
    const [a, b] = [new Adam([narrow]), new Adam([wide])];
    for (let i = 0; i < 20; i++) {
      stepWith(a, narrow, tensor([0.3, 1e-4]));
      stepWith(b, wide, tensor([0.3, 1e-4]).cast("float64"));
    }
    expectClose(narrow.asTensor().cast("float64"), wide, { rtol: 1e-6 });
  });

  it("centered RMSprop bears gradients that never change, whose variance is 0", () => {
    const w = variable([0.3]);
    const optimizer = new RMSprop([w], { centered: true, alpha: 0.07, learningRate: 1e-9 });
    for (let i = 0; i < 12; i++) stepWith(optimizer, w, tensor([0.7]));
    expect(w.item()).not.toBeNaN();
  });

  it("maximize climbs", () => {
    for (const kind of [SGD, Adam, AdamW, Lion]) {
      const [up, down] = [scalar(0), scalar(0)];
      stepWith(new kind([up], { maximize: true }), up, float64(3));
      stepWith(new kind([down]), down, float64(3));
      expect(up.item()).toBeGreaterThan(0);
      expectSame(up, down.neg());
    }
  });

  it("AdamW shrinks parameters by rate·λ, whatever the size of the gradient", () => {
    for (const size of [0, 1e-3, 1e5]) {
      const options = { learningRate: 0.1, weightDecay: 0.5 };
      const [decayed, plain] = [scalar(2), scalar(2)];
      stepWith(new AdamW([decayed], options), decayed, float64(size));
      stepWith(new AdamW([plain], { ...options, weightDecay: 0 }), plain, float64(size));
      expectClose(plain.sub(decayed), 2 * 0.1 * 0.5, { rtol: 1e-12 });
    }
  });

  it("Adam with amsgrad stays slow after one large gradient, and without it does not", () => {
    const settled = (amsgrad: boolean): number => {
      const w = scalar(0);
      const optimizer = new Adam([w], { betas: [0, 0.5], learningRate: 1, amsgrad });
      for (const g of [100, ...Array(12).fill(0)]) stepWith(optimizer, w, float64(g));
      const before = w.item();
      return Math.abs(stepWith(optimizer, w, float64(1)).item() - before);
    };
    expect(settled(true)).toBeLessThan(0.02);
    expect(settled(false)).toBeGreaterThan(0.5);
  });

  it("weight decay adds a multiple of the parameter to its gradient", () => {
    for (const kind of [SGD, RMSprop, Adam, Adagrad, Adadelta, Adamax, NAdam, RAdam]) {
      const [decayed, plain] = [scalar(2), scalar(2)];
      const [a, b] = [new kind([decayed], { weightDecay: 0.5 }), new kind([plain])];
      expectSame(stepWith(a, decayed, float64(-3)), stepWith(b, plain, float64(-3 + 0.5 * 2)));
    }
  });

  it("read the learning rate at every step", () => {
    const w = scalar(0);
    const optimizer = new SGD([w], { learningRate: 1 });
    stepWith(optimizer, w, float64(1));
    optimizer.learningRate.assign(0.25);
    expectSame(stepWith(optimizer, w, float64(1)), float64(-1.25));
  });

  it("find the minimum of a parabola", () => {
    for (const make of [
      (w: Variable) => new SGD([w], { learningRate: 0.1 }),
      (w: Variable) => new RMSprop([w], { learningRate: 0.01 }),
      (w: Variable) => new Adam([w], { learningRate: 0.1 }),
    ]) {
      const w = scalar(4);
      const optimizer = make(w);
      const twentySteps = () => {
        for (let i = 0; i < 20; i++) {
          optimizer.zeroGrad();
          w.sub(3).square().backward();
          optimizer.step();
        }
        return [];
      };
      for (let i = 0; i < 30; i++) evaluate(twentySteps);
      expect(Math.abs(w.item() - 3)).toBeLessThan(0.02);
    }
  });
});

describe("step", () => {
  it("skips a parameter without a gradient, and what is remembered of it", () => {
    const [used, unused] = [scalar(1), scalar(1)];
    const optimizer = new Adam([used, unused], { weightDecay: 0.1 });
    const state = () =>
      [...optimizer.namedState()].filter(([name]) => name.endsWith(".1")).map(([, v]) => v.item());
    const before = state();
    stepWith(optimizer, used, float64(1));
    expect(unused.item()).toBe(1);
    expect(state()).toEqual(before);
  });

  it("records nothing: no variable holds on to the graph of a step", () => {
    const w = scalar(1);
    const optimizer = new SGD([w], { momentum: 0.9 });
    w.square().backward();
    optimizer.step();
    const memory = Array.from(optimizer.namedState(), ([, state]) => state);
    for (const variable of [w, ...memory]) expect(variable.asTensor().inputs).toEqual([]);
  });

  it("zeroGrad forgets every gradient", () => {
    const w = scalar(1);
    const optimizer = new SGD([w]);
    w.square().backward();
    optimizer.zeroGrad();
    expect(w.grad).toBeNull();
  });

  it("without any gradient is an error that says what was forgotten", () => {
    const w = scalar(1);
    const optimizer = new SGD([w, scalar(2)]);
    expect(() => optimizer.step()).toThrow(GradientError);
    expect(() => optimizer.step()).toThrow(/none of the 2 parameters has a gradient.*backward/s);
    expect(w.item()).toBe(1);
  });
});

it("an optimizer knows what it was made with", () => {
  const adam = new Adam([scalar(1)], { betas: [0.8, 0.9], weightDecay: 0.1 });
  expect(adam.hyperparameters).toEqual({
    learningRate: 0.001,
    betas: [0.8, 0.9],
    eps: 1e-8,
    amsgrad: false,
    weightDecay: 0.1,
    maximize: false,
  });
  expect(new Lion([scalar(1)]).hyperparameters.weightDecay).toBe(0.001);
});

/** Steps of one length, in the direction of the gradient's sign, with a count of them. */
class SignDescent extends Optimizer {
  readonly #steps = this.rememberNumber("steps", 0);

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    this.#steps[i]!.assign(this.#steps[i]!.add(1));
    const rate = this.learningRate.cast(parameter.dtype);
    parameter.assign(parameter.sub(gradient.sign().mul(rate)));
  }
}

it("an optimizer of one's own says how one parameter moves", () => {
  const w = variable([1, 1]);
  const optimizer = new SignDescent([w], { learningRate: 0.5 });
  expectSame(stepWith(optimizer, w, tensor([3, -0.1])), tensor([0.5, 1.5]));
  const state = Array.from(optimizer.namedState(), ([name, value]) => [name, value.item()]);
  expect(state).toEqual([
    ["learningRate", 0.5],
    ["steps.0", 1],
  ]);
});

describe("errors of optimizers", () => {
  const w = scalar(1, { label: "w" });

  it.each<[message: string, make: () => Optimizer]>([
    [
      "SGD: learningRate is -0.1, which is not in [0, ∞)",
      () => new SGD([w], { learningRate: -0.1 }),
    ],
    ["Adam: learningRate is NaN", () => new Adam([w], { learningRate: Number.NaN })],
    ["Adam: learningRate is Infinity", () => new Adam([w], { learningRate: 1 / 0 })],
    ["Adam: betas[0] is 1, which is not in [0, 1)", () => new Adam([w], { betas: [1, 0.9] })],
    ["Adam: betas[1] is -0.1", () => new Adam([w], { betas: [0.9, -0.1] })],
    ["Adam: eps is -1", () => new Adam([w], { eps: -1 })],
    ["Adam: weightDecay is -1", () => new Adam([w], { weightDecay: -1 })],
    ["RMSprop: alpha is 1", () => new RMSprop([w], { alpha: 1 })],
    ["RMSprop: momentum is -1", () => new RMSprop([w], { momentum: -1 })],
    ["SGD: momentum is NaN", () => new SGD([w], { momentum: Number.NaN })],
    ["SGD: nesterov with momentum 0 and dampening 0", () => new SGD([w], { nesterov: true })],
    ["AdamW: weightDecay is NaN", () => new AdamW([w], { weightDecay: Number.NaN })],
    ["AdamW: betas[1] is 2", () => new AdamW([w], { betas: [0, 2] })],
    ["AdamW: eps is -1", () => new AdamW([w], { eps: -1 })],
    ["RMSprop: eps is -1", () => new RMSprop([w], { eps: -1 })],
    ["SGD: momentum is 1.5, which is not in [0, 1]", () => new SGD([w], { momentum: 1.5 })],
    ["SGD: dampening is -1", () => new SGD([w], { dampening: -1 })],
    ["SGD: weightDecay is -1", () => new SGD([w], { weightDecay: -1 })],
    ["Adagrad: learningRate is -1", () => new Adagrad([w], { learningRate: -1 })],
    ["Adagrad: learningRateDecay is -1", () => new Adagrad([w], { learningRateDecay: -1 })],
    [
      "Adagrad: initialAccumulatorValue is -1",
      () => new Adagrad([w], { initialAccumulatorValue: -1 }),
    ],
    ["Adagrad: eps is NaN", () => new Adagrad([w], { eps: Number.NaN })],
    ["Adadelta: rho is 1.1, which is not in [0, 1]", () => new Adadelta([w], { rho: 1.1 })],
    ["Adadelta: eps is -1", () => new Adadelta([w], { eps: -1 })],
    ["Adamax: betas[0] is 1", () => new Adamax([w], { betas: [1, 0] })],
    ["Adamax: betas[1] is NaN", () => new Adamax([w], { betas: [0, Number.NaN] })],
    ["Adamax: eps is -1", () => new Adamax([w], { eps: -1 })],
    ["NAdam: betas[0] is -1", () => new NAdam([w], { betas: [-1, 0] })],
    ["NAdam: betas[1] is 1", () => new NAdam([w], { betas: [0, 1] })],
    ["NAdam: eps is -1", () => new NAdam([w], { eps: -1 })],
    ["NAdam: momentumDecay is -1", () => new NAdam([w], { momentumDecay: -1 })],
    ["RAdam: betas[0] is 1", () => new RAdam([w], { betas: [1, 0] })],
    ["RAdam: betas[1] is 1", () => new RAdam([w], { betas: [0, 1] })],
    ["RAdam: eps is -1", () => new RAdam([w], { eps: -1 })],
    ["Lion: betas[0] is 1", () => new Lion([w], { betas: [1, 0] })],
    ["Lion: betas[1] is undefined", () => new Lion([w], { betas: [0.9] as never })],
    ["Lion: weightDecay is -1", () => new Lion([w], { weightDecay: -1 })],
    ["Adam: the list of parameters is empty", () => new Adam([])],
    ["SGD: parameter w is listed twice, at positions 0 and 2", () => new SGD([w, scalar(2), w])],
    ["SGD: entry 1 is not a float32", () => new SGD([w, variable([1], { dtype: "int32" })])],
    ["SGD: entry 0 is not a float32", () => new SGD([tensor([1]) as unknown as Variable])],
  ])("%s", (message, make) => {
    expect(make).toThrow(ValueError);
    expect(make).toThrow(message);
  });
});
