import {
  IndexError,
  key,
  normal,
  permutation,
  type Tensor,
  tensor,
  ValueError,
  variable,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../../autograd/test/support/close.js";
import {
  Adam,
  accuracy,
  bceWithLogits,
  crossEntropy,
  Dense,
  Dropout,
  type FitOptions,
  fit,
  init,
  type Loss,
  LSTM,
  type Metrics,
  Module,
  mae,
  mse,
  Neuron,
  type Optimizer,
  Residual,
  RMSprop,
  Sequential,
  SGD,
} from "../../src/index.js";

const tanh = (z: Tensor) => z.tanh();
const relu = (z: Tensor) => z.relu();

const perceptrons = () =>
  new Sequential(
    new Dense({ inputs: 3, units: 8, activation: tanh, key: key(1) }),
    new Dense({ inputs: 8, units: 1, key: key(2) }),
  );

const classifier = () =>
  new Sequential(
    new Dense({ inputs: 3, units: 16, activation: relu, key: key(1) }),
    new Dropout({ p: 0.3, key: key(2) }),
    new Residual(
      new Sequential(
        new Dense({ inputs: 16, units: 16, activation: relu, key: key(3) }),
        new Dropout({ p: 0.2, key: key(4) }),
      ),
    ),
    new Dense({ inputs: 16, units: 3, key: key(5) }),
  );

class Forecaster extends Module {
  readonly lstm = new LSTM({ inputs: 3, hidden: 6, key: key(1) });
  readonly readout = new Dense({ inputs: 6, units: 1, key: key(2) });

  forward(days: Tensor): Tensor {
    return this.readout.apply(this.lstm.apply(days).state.h);
  }
}

class Ellipse extends Neuron {
  readonly centre = this.parameter([this.inputs], { init: init.zeros });
  readonly sharpness = this.parameter([this.inputs], { init: init.ones });

  forward(x: Tensor): Tensor {
    return x.sub(this.centre).mul(this.sharpness).square().sum(-1).neg().add(1);
  }
}

/** Keeps a running mean of its inputs, by which it centres them. */
class Centred extends Module {
  readonly mean = variable(new Float32Array(3));
  readonly inner = perceptrons();

  forward(x: Tensor): Tensor {
    if (this.training) this.mean.assign(this.mean.mul(0.9).add(x.mean(0).mul(0.1)));
    return this.inner.apply(x.sub(this.mean));
  }
}

const rows = 21;
const x = normal(key(7), [rows, 3]);
const series = normal(key(8), [rows, 5, 3]);
const y = normal(key(9), [rows, 1]);
const classes = tensor(
  permutation(key(10), rows)
    .toTypedArray()
    .map((row) => row % 3),
);

interface Case {
  readonly make: () => Module & { forward(x: Tensor): Tensor };
  readonly inputs: Tensor;
  readonly targets: Tensor;
  readonly loss: Loss;
  readonly optimizer: (model: Module) => Optimizer;
  readonly metrics?: Metrics;
}

const adam = (model: Module) => new Adam(model.parameters(), { learningRate: 0.02 });

const cases: Readonly<Record<string, Case>> = {
  "a network by Adam": { make: perceptrons, inputs: x, targets: y, loss: mse, optimizer: adam },
  "a network by SGD with momentum": {
    make: perceptrons,
    inputs: x,
    targets: y,
    loss: mse,
    optimizer: (model) =>
      new SGD(model.parameters(), { learningRate: 0.1, momentum: 0.9, dampening: 0.1 }),
    metrics: { mae },
  },
  "dropout and skips by RMSprop": {
    make: classifier,
    inputs: x,
    targets: classes,
    loss: crossEntropy,
    optimizer: (model) => new RMSprop(model.parameters(), { momentum: 0.5, weightDecay: 0.01 }),
    metrics: { accuracy },
  },
  "an LSTM by Adam": {
    make: () => new Forecaster(),
    inputs: series,
    targets: y,
    loss: mse,
    optimizer: adam,
  },
  "a neuron of one's own": {
    make: () => new Ellipse({ inputs: 3 }),
    inputs: x,
    targets: classes.eq(1).cast("float32"),
    loss: bceWithLogits,
    optimizer: adam,
  },
  "running statistics": {
    make: () => new Centred(),
    inputs: x,
    targets: y,
    loss: mse,
    optimizer: adam,
  },
};

async function train({ make, inputs, targets, ...learner }: Case, compile: boolean) {
  const model = make();
  const optimizer = learner.optimizer(model);
  const losses: number[] = [];
  const { epochs } = await fit(model, {
    ...learner,
    inputs,
    targets,
    optimizer,
    validation: { inputs, targets },
    epochs: 4,
    batchSize: 8, // The last batch has 5 rows.
    key: key(11),
    progress: false,
    compile,
    callbacks: [
      {
        onStep: ({ loss }) => void losses.push(loss),
        onEpoch: () => optimizer.learningRate.assign(optimizer.learningRate.mul(0.7)),
      },
    ],
  });
  const state = [...model.namedState(), ...optimizer.namedState()];
  const records = epochs.map(({ seconds, ...record }) => record);
  return { losses, records, state, gradients: model.parameters().map(({ grad }) => grad!) };
}

describe("fit, compiled, has the bits of the eager one", () => {
  it.each(Object.keys(cases))("%s", async (name) => {
    const [compiled, eager] = [await train(cases[name]!, true), await train(cases[name]!, false)];
    expect(compiled.losses).toEqual(eager.losses);
    expect(new Set(eager.losses).size).toBe(12);
    expect(compiled.records).toEqual(eager.records);
    for (const [i, [path, expected]] of eager.state.entries()) {
      expect(compiled.state[i]![0]).toBe(path);
      expectSame(compiled.state[i]![1], expected);
    }
    for (const [i, expected] of eager.gradients.entries()) {
      expectSame(compiled.gradients[i]!, expected);
    }
  });
});

describe("fit, compiled,", () => {
  const attempt = async (options: Partial<FitOptions> & Pick<FitOptions, "loss">) => {
    const model = classifier();
    const state = () =>
      [...model.namedState(), ...optimizer.namedState()].map(([, state]) => state.toArray());
    const optimizer = adam(model);
    const before = state();
    const run = fit(model, {
      inputs: x,
      targets: classes,
      optimizer,
      epochs: 1,
      key: key(1),
      progress: false,
      ...options,
    });
    const error = await run.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(state()).toEqual(before);
    return error as Error;
  };

  it("refuses classes beyond the last before it changes anything", async () => {
    const targets = tensor(Int32Array.from({ length: rows }, (_, row) => (row === 17 ? 3 : 0)));
    const error = await attempt({ loss: crossEntropy, targets });
    expect(error).toBeInstanceOf(IndexError);
    expect(error.message).toContain("the target at [17] is class 3, of 0 to 2");
  });

  it("refuses targets outside a loss's domain, naming their row of all", async () => {
    const targets = tensor(Float32Array.from({ length: 3 * rows }, (_, i) => (i === 50 ? 2 : 0)));
    const error = await attempt({ loss: bceWithLogits, targets: targets.reshape([rows, 3]) });
    expect(error).toBeInstanceOf(ValueError);
    expect(error.message).toContain("the target at [16, 2] is 2, not in [0, 1]");
  });

  it("refuses an index that a loss computes itself, and changes nothing", async () => {
    const loss = (y: Tensor, t: Tensor) => y.gather(t.add(1).unsqueeze(-1), -1).mean();
    expect(await attempt({ loss })).toBeInstanceOf(IndexError);
  });

  it("says which line reads a value, and what to do", async () => {
    const loss = (y: Tensor, t: Tensor) => crossEntropy(y, t).mul(y.max().item());
    const error = await attempt({ loss });
    expect(error.message).toContain("a value was read while its graph is being traced");
    expect(error.message).toContain("compiled.test.ts");
  });
});
