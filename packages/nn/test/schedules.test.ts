import { compile, scalar, TraceError, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  CosineAnnealingLR,
  ExponentialLR,
  LambdaLR,
  LinearWarmup,
  MultiStepLR,
  OneCycleLR,
  type OneCycleLROptions,
  ReduceLROnPlateau,
  type ReduceLROnPlateauOptions,
  type Schedule,
  type Scheduled,
  SGD,
  StepLR,
} from "../src/index.js";
import { readGolden } from "./support/layer-cases.js";

interface Kept {
  readonly options?: Readonly<Record<string, never>>;
  /** Before the first step and after each. */
  readonly rates: readonly number[];
  readonly losses?: readonly number[];
}

const golden = readGolden("schedules") as Readonly<Record<string, Kept>>;
const names = Object.keys(golden);

const optimizerAt = (learningRate: number): SGD => new SGD([scalar(0)], { learningRate });

const plateau = (name: string): boolean => name.startsWith("ReduceLROnPlateau");

/** PyTorch's options by our names. */
const ourNames: Readonly<Record<string, string>> = {
  T_max: "tMax",
  total_iters: "steps",
  max_lr: "maxLearningRate",
  min_lr: "minLearningRate",
};

function ours({ options = {} }: Kept): Record<string, never> {
  const { cycle_momentum: _, ...others } = options;
  return Object.fromEntries(
    Object.entries(others).map(([name, value]) => [
      ourNames[name] ?? name.replace(/_[a-z]/g, (letter) => letter[1]!.toUpperCase()),
      value,
    ]),
  );
}

const kinds = { CosineAnnealingLR, ExponentialLR, MultiStepLR, OneCycleLR, StepLR };

function made(name: string, optimizer: Scheduled): Schedule {
  const kind = name.split(":")[0]!;
  if (name === "LambdaLR") return new LambdaLR(optimizer, { lambda: (t) => 1 / (1 + t) });
  if (name === "warm-up, then cosine") {
    const then = new CosineAnnealingLR(optimizer, { tMax: 20 });
    return new LinearWarmup(optimizer, { steps: 5, startFactor: 0.1, then });
  }
  if (name === "warm-up, then stairs") {
    const then = new StepLR(optimizer, { stepSize: 6, gamma: 0.5 });
    return new LinearWarmup(optimizer, { steps: 5, startFactor: 0.1, then });
  }
  const options = ours(golden[name]!) as never;
  if (kind === "LinearWarmup")
    return new LinearWarmup(optimizer, { steps: 5, ...(options as object) });
  return new kinds[kind as keyof typeof kinds](optimizer, options);
}

const formulas = names.filter((name) => !plateau(name));

describe("thirty steps agree with PyTorch's", () => {
  it.each(formulas)("%s", (name) => {
    const optimizer = optimizerAt(0.5);
    const schedule = made(name, optimizer);
    const { rates } = golden[name]!;
    for (const [step, rate] of rates.entries()) {
      if (step > 0) schedule.step();
      // PyTorch multiplies step by step: near a rate of 0 only its difference says something.
      expect(Math.abs(optimizer.learningRate.item() - rate)).toBeLessThan(1e-10 * rate + 1e-14);
      expect(schedule.steps).toBe(step);
    }
  });

  it.each(names.filter(plateau))("%s", (name) => {
    const optimizer = optimizerAt(0.5);
    const schedule = new ReduceLROnPlateau(optimizer, ours(golden[name]!));
    const { losses, rates } = golden[name]!;
    for (const [i, loss] of losses!.entries()) {
      schedule.step(i % 2 === 0 ? loss : scalar(loss));
      expect(optimizer.learningRate.item()).toBeCloseTo(rates[i + 1]!, 14);
    }
    expect(new Set(rates).size, "the golden run changes the rate").toBeGreaterThan(
      name.endsWith("default patience") ? 0 : 1,
    );
  });
});

describe("a schedule", () => {
  it.each(formulas)("can be drawn without a step: %s", (name) => {
    const optimizer = optimizerAt(0.5);
    const schedule = made(name, optimizer);
    const before = optimizer.learningRate.item();
    const drawn = golden[name]!.rates.map((_, step) => schedule.rateAt(step));
    expect([optimizer.learningRate.item(), schedule.steps]).toEqual([before, 0]);
    const stepped = drawn.map((_, step) => {
      if (step > 0) schedule.step();
      return optimizer.learningRate.item();
    });
    expect(stepped).toEqual(drawn);
  });

  it.each(formulas)("goes on from its state: %s", (name) => {
    const [optimizer, resumed] = [optimizerAt(0.5), optimizerAt(0.01)];
    const [schedule, copy] = [made(name, optimizer), made(name, resumed)];
    for (let i = 0; i < 11; i++) schedule.step();
    copy.loadStateDict(schedule.stateDict());
    for (let i = 0; i < 12; i++) {
      expect(resumed.learningRate.item()).toBe(optimizer.learningRate.item());
      schedule.step();
      copy.step();
    }
  });

  it("moves the rates of all groups together", () => {
    const [fast, slow] = [scalar(0), scalar(0)];
    const groups = [{ parameters: [slow], learningRateFactor: 0.1 }];
    const optimizer = new SGD([fast, slow], { learningRate: 1, groups });
    const schedule = new StepLR(optimizer, { stepSize: 1, gamma: 0.5 });
    schedule.step();
    for (const parameter of [fast, slow]) parameter.grad = scalar(1).asTensor();
    optimizer.step();
    expect([fast.item(), slow.item()]).toEqual([-0.5, -0.05]);
  });

  it("reaches the steps of a function that is compiled once", () => {
    const w = scalar(0);
    const optimizer = new SGD([w], { learningRate: 1 });
    const schedule = new ExponentialLR(optimizer, { gamma: 0.5 });
    const step = compile(() => {
      optimizer.zeroGrad();
      w.backward();
      optimizer.step();
      return w;
    });
    const path = [1, 2, 3].map(() => {
      const w = step().item();
      schedule.step();
      return w;
    });
    expect(path).toEqual([-1, -1.5, -1.75]);
  });

  it("is not stepped inside a compiled function, where it would step once for ever", () => {
    const optimizer = optimizerAt(1);
    const schedule = new ExponentialLR(optimizer, { gamma: 0.5 });
    const step = compile(() => {
      schedule.step();
      return optimizer.learningRate;
    });
    expect(() => step()).toThrow(TraceError);
    expect(optimizer.learningRate.item()).toBe(1);
  });

  it("OneCycleLR stays at its last rate", () => {
    const schedule = new OneCycleLR(optimizerAt(1), { maxLearningRate: 1, totalSteps: 10 });
    expect(schedule.rateAt(9)).toBeCloseTo(1 / 25 / 1e4, 12);
    expect(schedule.rateAt(25)).toBe(schedule.rateAt(9));
  });

  it("LinearWarmup by itself keeps the rate that it has reached", () => {
    const schedule = new LinearWarmup(optimizerAt(2), { steps: 4, startFactor: 0 });
    expect([0, 1, 2, 3, 4, 5, 100].map((t) => schedule.rateAt(t))).toEqual([
      0, 0.5, 1, 1.5, 2, 2, 2,
    ]);
  });
});

describe("ReduceLROnPlateau", () => {
  it("goes on from its state in the middle of a plateau", () => {
    const [optimizer, resumed] = [optimizerAt(1), optimizerAt(1)];
    const options: ReduceLROnPlateauOptions = { patience: 3, cooldown: 2, factor: 0.5 };
    const schedule = new ReduceLROnPlateau(optimizer, options);
    for (const loss of [3, 2, 2, 2, 2, 2, 2]) schedule.step(loss);
    expect([optimizer.learningRate.item(), schedule.best]).toEqual([0.5, 2]);
    const copy = new ReduceLROnPlateau(resumed, options);
    resumed.loadStateDict(optimizer.stateDict());
    copy.loadStateDict(schedule.stateDict());
    for (const loss of [2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1]) {
      schedule.step(loss);
      copy.step(loss);
      expect(resumed.learningRate.item()).toBe(optimizer.learningRate.item());
    }
    expect(resumed.learningRate.item()).toBe(0.125);
  });

  it("takes NaN for no improvement", () => {
    const optimizer = optimizerAt(1);
    const schedule = new ReduceLROnPlateau(optimizer, { patience: 1 });
    for (const loss of [1, Number.NaN, Number.NaN]) schedule.step(loss);
    expect([optimizer.learningRate.item(), schedule.best]).toEqual([0.1, 1]);
  });
});

describe("errors of schedules", () => {
  const optimizer = optimizerAt(1);
  const cycle = (options: Partial<OneCycleLROptions>) => () =>
    new OneCycleLR(optimizer, { maxLearningRate: 1, totalSteps: 10, ...options });
  const reduce = (options: ReduceLROnPlateauOptions) => () =>
    new ReduceLROnPlateau(optimizer, options);

  it.each<[message: string, make: () => unknown]>([
    ["StepLR: stepSize is 0, which is not a", () => new StepLR(optimizer, { stepSize: 0 })],
    ["StepLR: gamma is -1", () => new StepLR(optimizer, { stepSize: 1, gamma: -1 })],
    ["MultiStepLR: milestones is []", () => new MultiStepLR(optimizer, { milestones: [] })],
    ["MultiStepLR: milestones is [3, 2]", () => new MultiStepLR(optimizer, { milestones: [3, 2] })],
    ["MultiStepLR: milestones is [1.5]", () => new MultiStepLR(optimizer, { milestones: [1.5] })],
    [
      "MultiStepLR: gamma is NaN",
      () => new MultiStepLR(optimizer, { milestones: [1], gamma: Number.NaN }),
    ],
    ["ExponentialLR: gamma is -0.1", () => new ExponentialLR(optimizer, { gamma: -0.1 })],
    ["CosineAnnealingLR: tMax is 2.5", () => new CosineAnnealingLR(optimizer, { tMax: 2.5 })],
    [
      "CosineAnnealingLR: etaMin is -1",
      () => new CosineAnnealingLR(optimizer, { tMax: 2, etaMin: -1 }),
    ],
    ["LambdaLR: lambda(0) is -1", () => new LambdaLR(optimizer, { lambda: (t) => t - 1 })],
    ["LinearWarmup: steps is 0", () => new LinearWarmup(optimizer, { steps: 0 })],
    [
      "LinearWarmup: startFactor is 1.5, which is not in [0, 1]",
      () => new LinearWarmup(optimizer, { steps: 1, startFactor: 1.5 }),
    ],
    ["OneCycleLR: maxLearningRate is -1", cycle({ maxLearningRate: -1 })],
    ["OneCycleLR: totalSteps is 0", cycle({ totalSteps: 0 })],
    ["OneCycleLR: pctStart is 1.1", cycle({ pctStart: 1.1 })],
    ["OneCycleLR: divFactor is 0", cycle({ divFactor: 0 })],
    ["OneCycleLR: finalDivFactor is 0", cycle({ finalDivFactor: 0 })],
    ['OneCycleLR: annealStrategy is "sine"', cycle({ annealStrategy: "sine" as never })],
    ["ReduceLROnPlateau: factor is 1, which is not in [0, 1)", reduce({ factor: 1 })],
    ["ReduceLROnPlateau: patience is -1", reduce({ patience: -1 })],
    ["ReduceLROnPlateau: threshold is -1", reduce({ threshold: -1 })],
    ["ReduceLROnPlateau: cooldown is -1", reduce({ cooldown: -1 })],
    ["ReduceLROnPlateau: minLearningRate is -1", reduce({ minLearningRate: -1 })],
    ["ReduceLROnPlateau: eps is NaN", reduce({ eps: Number.NaN })],
    ['ReduceLROnPlateau: mode is "least"', reduce({ mode: "least" as never })],
    ['ReduceLROnPlateau: thresholdMode is "log"', reduce({ thresholdMode: "log" as never })],
    [
      "loadStateDict: StepLR was given the state of ExponentialLR",
      () =>
        new StepLR(optimizer, { stepSize: 1 }).loadStateDict(
          new ExponentialLR(optimizer, { gamma: 1 }).stateDict(),
        ),
    ],
  ])("%s", (message, make) => {
    expect(make).toThrow(ValueError);
    expect(make).toThrow(message);
    expect(optimizer.learningRate.item()).toBe(1);
  });
});
