import { key, normal, permutation, tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../../autograd/test/support/close.js";
import {
  Adam,
  accuracy,
  crossEntropy,
  Dense,
  Dropout,
  decodeState,
  earlyStopping,
  encodeState,
  type FitOptions,
  fit,
  freeze,
  gradientHistory,
  type Module,
  ReduceLROnPlateau,
  Sequential,
  SGD,
  StepLR,
  saveCheckpoints,
  schedule,
  type TrainingState,
  unfreeze,
} from "../../src/index.js";

const rows = 21;
const inputs = normal(key(7), [rows, 3]);
const targets = tensor(
  permutation(key(10), rows)
    .toTypedArray()
    .map((row) => row % 3),
);

/** A network with dropout, Adam, two schedules, early stopping and a history of gradients. */
function make({ seed = 1 } = {}) {
  const model = new Sequential(
    new Dense({ inputs: 3, units: 8, activation: (z) => z.relu(), key: key(seed) }),
    new Dropout({ p: 0.3, key: key(seed + 1) }),
    new Dense({ inputs: 8, units: 3, key: key(seed + 2) }),
  );
  const optimizer = new Adam(model.parameters(), { learningRate: 0.02 });
  const gradients = gradientHistory({ every: 2 });
  const callbacks = [
    schedule(new StepLR(optimizer, { stepSize: 2, gamma: 0.5 })),
    schedule(new ReduceLROnPlateau(optimizer, { patience: 0 }), { monitor: ({ loss }) => loss }),
    earlyStopping({ patience: 2, monitor: ({ epoch }) => (epoch === 2 ? 0 : 1) }),
    gradients,
  ];
  const options: FitOptions = {
    ...{ inputs, targets, optimizer, callbacks },
    loss: crossEntropy,
    metrics: { accuracy },
    validation: { inputs, targets },
    epochs: 5,
    batchSize: 8, // three steps an epoch
    key: key(11),
    progress: false,
  };
  return { model, optimizer, options, gradients };
}

/** Runs to the end, or until the given step, whose state it then returns as a file would. */
async function run(settings: Partial<FitOptions>, until = Number.POSITIVE_INFINITY) {
  const made = make();
  const controller = new AbortController();
  const states: TrainingState[] = [];
  const callbacks = [
    ...(made.options.callbacks ?? []),
    saveCheckpoints({
      save: (state) => void states.push(decodeState(encodeState(state))),
      every: 99,
    }),
    { onStep: ({ step }: { step: number }) => (step === until ? controller.abort() : undefined) },
  ];
  const { signal } = controller;
  const history = await fit(made.model, { ...made.options, ...settings, callbacks, signal });
  return { ...made, history, state: states.at(-1)! };
}

const untimed = ({ history }: Awaited<ReturnType<typeof run>>) => ({
  ...history,
  epochs: history.epochs.map(({ seconds, ...record }) => record),
});

describe.each([
  ["eagerly", false],
  ["compiled", true],
])(
  "training %s, interrupted and resumed, has the bits of training without a break",
  (_, compile) => {
    it.each([
      ["after an epoch", 9],
      ["in the middle of one", 7],
      ["before a stop by early stopping", 11],
    ])("%s", async (_, step) => {
      const whole = await run({ compile });
      expect(whole.history).toMatchObject({ stopped: true, steps: 12, interrupted: false });
      const first = await run({ compile }, step);
      expect(first.history).toMatchObject({ interrupted: true, steps: step });
      const second = await run({ compile, resume: first.state });
      expect(untimed(second)).toEqual(untimed(whole));
      expect(second.gradients.records).toEqual(whole.gradients.records);
      const stateOf = ({ model, optimizer }: typeof whole) => [
        ...model.namedState(),
        ...optimizer.namedState(),
      ];
      for (const [i, [path, expected]] of stateOf(whole).entries()) {
        const [name, found] = stateOf(second)[i]!;
        expect(name).toBe(path);
        expectSame(found, expected);
      }
    });
  },
);

it("three epochs and two more are five", async () => {
  const settings = { callbacks: [], compile: true };
  const whole = make();
  await fit(whole.model, { ...whole.options, ...settings });
  const states: TrainingState[] = [];
  const first = make();
  const saving = saveCheckpoints({ save: (state) => void states.push(state) });
  await fit(first.model, { ...first.options, ...settings, epochs: 3, callbacks: [saving] });
  expect(states.map(({ history }) => history.epochs.length)).toEqual([1, 2, 3]);
  const second = make({ seed: 50 });
  const resume = states.at(-1)!;
  const history = await fit(second.model, { ...second.options, ...settings, resume });
  expect(history.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
  for (const [i, expected] of whole.model.parameters().entries()) {
    expectSame(second.model.parameters()[i]!, expected);
  }
});

it("a state stays as it is while the run goes on, and a finished run has nothing to resume", async () => {
  const { state, model } = await run({ callbacks: [], epochs: 2 });
  const end = model.parameters().map((parameter) => parameter.toArray());
  const again = await run({ callbacks: [], epochs: 2, resume: state });
  expect(again.history.steps).toBe(6);
  expect(again.model.parameters().map((parameter) => parameter.toArray())).toEqual(end);
});

it("what was frozen on the way stays frozen", async () => {
  const thaw = (model: Module) => ({
    onEpoch: ({ epoch }: { epoch: number }) => void (epoch === 1 && unfreeze(model, "0.*")),
  });
  const runFrozen = async (options: Partial<FitOptions>) => {
    const { model, options: own } = make();
    freeze(model, "0.*");
    const callbacks = [thaw(model), ...(options.callbacks ?? [])];
    await fit(model, { ...own, ...options, callbacks });
    return model.parameters().map((parameter) => parameter.toArray());
  };
  const whole = await runFrozen({ epochs: 3 });
  const states: TrainingState[] = [];
  const saving = saveCheckpoints({ save: (state) => void states.push(state) });
  await runFrozen({ epochs: 2, callbacks: [saving] });
  expect(await runFrozen({ epochs: 3, resume: states[1]! })).toEqual(whole);
  expect(states.map(({ frozen }) => frozen)).toEqual([[], []]);
});

describe("resuming refuses, and changes nothing,", () => {
  const attempt = async (change: (state: TrainingState) => Partial<TrainingState>, more = {}) => {
    const { state } = await run({}, 4);
    const { model, options } = make();
    const before = model.parameters().map((parameter) => parameter.toArray());
    const resume = { ...state, ...change(state) } as TrainingState;
    const error = await fit(model, { ...options, ...more, resume }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ValueError);
    expect(model.parameters().map((parameter) => parameter.toArray())).toEqual(before);
    return (error as Error).message;
  };

  it("another version, generator or optimizer, naming both", async () => {
    const version = await attempt(() => ({ version: 7 }));
    expect(version).toContain("has format version 7, here it is 1");
    const prng = await attempt(() => ({ prng: "xorshift" }));
    expect(prng).toContain("has random generator xorshift, here it is threefry2x32-20");
    const optimizer = await attempt(() => ({ optimizer: "Lion" }));
    expect(optimizer).toContain("has optimizer Lion, here it is Adam");
  });

  it("another optimizer that was given", async () => {
    const { model, options } = make();
    const { state } = await run({}, 2);
    const optimizer = new SGD(model.parameters());
    const resumed = fit(model, { ...options, optimizer, callbacks: [], resume: state });
    await expect(resumed).rejects.toThrow("has optimizer Adam, here it is SGD");
  });

  it("other data or another order", async () => {
    expect(await attempt(() => ({}), { batchSize: 4 })).toContain("batchSize 8, here it is 4");
    expect(await attempt(() => ({}), { shuffle: false })).toContain(
      "shuffle true, here it is false",
    );
    expect(await attempt(() => ({}), { key: key(3) })).toContain("key 0,11, here it is 0,3");
  });

  it("another model, with all differences in one message", async () => {
    const message = await attempt(({ tensors }) => {
      const { "model.0.weight": _, ...rest } = tensors;
      return { tensors: { ...rest, "model.0.bias": tensor([1]), "model.9.weight": tensor([1]) } };
    });
    expect(message).toContain("missing: model.0.weight");
    expect(message).toContain("unexpected: model.9.weight");
    expect(message).toContain("model.0.bias (float32 [8] here, float32 [1] given)");
  });
});

describe("a state as bytes", () => {
  it("keeps numbers that JSON does not know, and any name", async () => {
    const { state } = await run({}, 1);
    const odd = { nan: Number.NaN, inf: Number.NEGATIVE_INFINITY, zero: -0, text: "NaN" };
    const tensors = Object.fromEntries([["__proto__", tensor([1, 2])]]);
    const read = decodeState(encodeState({ ...state, callbacks: { odd }, tensors }));
    expect(read.callbacks).toEqual({ odd });
    expect(Object.keys(read.tensors)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(read.tensors)).toBe(Object.prototype);
    expectSame(Object.values(read.tensors)[0]!, tensor([1, 2]));
  });

  it("is refused when it is cut off or something else", async () => {
    const { state } = await run({}, 1);
    const bytes = encodeState(state);
    expect(() => decodeState(bytes.subarray(0, 5))).toThrow(
      /has 5 bytes, its header should end at/,
    );
    expect(() => decodeState(bytes.subarray(0, bytes.length - 8), "run.bin")).toThrow(
      /run.bin holds .* in bytes \d+ to \d+ of \d+, which should be \d+ bytes/,
    );
    const absurd = bytes.slice();
    absurd.fill(255, 0, 6);
    expect(() => decodeState(absurd)).toThrow(/its header should end at 28147/);
    const broken = bytes.slice();
    broken[8] = 0x5b;
    expect(() => decodeState(broken)).toThrow(
      /header of the checkpoint, \d+ bytes long, is not JSON/,
    );
  });
});
