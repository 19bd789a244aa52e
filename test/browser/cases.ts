// What must have the same bits in Node and in a browser; bundled as it is for the page.
import { poolOf, threadsFor } from "../../packages/autograd/src/compile/runtime/threads.js";
import {
  compile,
  key,
  normal,
  type Operand,
  scan,
  setThreads,
  type Tensor,
  tensor,
} from "../../packages/autograd/src/index.js";
import {
  Adam,
  accuracy,
  crossEntropy,
  Dense,
  Dropout,
  LSTMCell,
  type LSTMState,
  type Module,
  mse,
  type Optimizer,
  Sequential,
  SGD,
} from "../../packages/nn/src/index.js";

/** The bits of some results, by name. */
type Bits = Readonly<Record<string, string>>;

/** The bytes of the elements in hexadecimal; every NaN is the same. */
function bitsOf(x: Operand): string {
  const elements = x.asTensor().toTypedArray().slice();
  for (const [i, value] of elements.entries()) if (Number.isNaN(value)) elements[i] = Number.NaN;
  const bytes = new Uint8Array(elements.buffer);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The losses of some steps, and everything that they changed. */
function train(model: Module, optimizer: Optimizer, step: () => Tensor, steps: number): Bits {
  const losses = Array.from({ length: steps }, () => bitsOf(step()));
  const state = [...model.namedState(), ...optimizer.namedState()];
  return {
    losses: losses.join(" "),
    ...Object.fromEntries(state.map(([name, variable]) => [name, bitsOf(variable)])),
  };
}

const tanh = (z: Tensor) => z.tanh();

function network(): Bits {
  const model = new Sequential(
    new Dense({ inputs: 2, units: 16, activation: tanh, key: key(1) }),
    new Dense({ inputs: 16, units: 16, activation: tanh, key: key(2) }),
    new Dense({ inputs: 16, units: 1, key: key(3) }),
  );
  const optimizer = new SGD(model.parameters(), { learningRate: 0.05 });
  const [x, y] = [normal(key(4), [100, 2]), normal(key(5), [100, 1])];
  const step = compile((x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const loss = mse(model.apply(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  });
  return train(model, optimizer, () => step(x, y), 20);
}

function classifierWithDropout(): Bits {
  const model = new Sequential(
    new Dense({ inputs: 5, units: 24, activation: (z) => z.relu(), key: key(1) }),
    new Dropout({ p: 0.3, key: key(2) }),
    new Dense({ inputs: 24, units: 3, key: key(3) }),
  );
  const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
  const x = normal(key(4), [40, 5]);
  const labels = tensor(Int32Array.from({ length: 40 }, (_, row) => (row * row) % 3));
  const step = compile((x: Tensor, labels: Tensor) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.apply(x), labels);
    loss.backward();
    optimizer.step();
    return loss;
  });
  const learnt = train(model, optimizer, () => step(x, labels), 20);
  model.eval();
  const judge = compile((x: Tensor) => accuracy(model.apply(x), labels));
  return { ...learnt, accuracy: bitsOf(judge(x)) };
}

function loopOfAnLstm(): Bits {
  const cell = new LSTMCell({ inputs: 3, hidden: 8, key: key(1) });
  const optimizer = new Adam(cell.parameters(), { learningRate: 0.01 });
  const x = normal(key(2), [12, 4, 3]);
  const target = normal(key(3), [4, 8]);
  const step = compile((x: Tensor) => {
    optimizer.zeroGrad();
    const remember = (state: LSTMState, now: Tensor): [LSTMState, null] => [
      cell.apply(now, state),
      null,
    ];
    const [{ h }] = scan(remember, cell.initialState(4), x);
    const loss = mse(h, target);
    loss.backward();
    optimizer.step();
    return loss;
  });
  return train(cell, optimizer, () => step(x), 10);
}

const functions = {
  exp: (x: Tensor) => x.exp(),
  expm1: (x: Tensor) => x.expm1(),
  log: (x: Tensor) => x.log(),
  log1p: (x: Tensor) => x.log1p(),
  log2: (x: Tensor) => x.log2(),
  sqrt: (x: Tensor) => x.sqrt(),
  rsqrt: (x: Tensor) => x.rsqrt(),
  sin: (x: Tensor) => x.sin(),
  cos: (x: Tensor) => x.cos(),
  tan: (x: Tensor) => x.tan(),
  asin: (x: Tensor) => x.asin(),
  acos: (x: Tensor) => x.acos(),
  atan: (x: Tensor) => x.atan(),
  sinh: (x: Tensor) => x.sinh(),
  cosh: (x: Tensor) => x.cosh(),
  sech: (x: Tensor) => x.sech(),
  tanh: (x: Tensor) => x.tanh(),
  asinh: (x: Tensor) => x.asinh(),
  acosh: (x: Tensor) => x.acosh(),
  atanh: (x: Tensor) => x.atanh(),
  sigmoid: (x: Tensor) => x.sigmoid(),
  softplus: (x: Tensor) => x.softplus(),
  erf: (x: Tensor) => x.erf(),
  erfc: (x: Tensor) => x.erfc(),
  erfInv: (x: Tensor) => x.erfInv(),
  pow: (x: Tensor) => x.abs().pow(x.mul(0.7)),
  atan2: (x: Tensor) => x.atan2(x.flip()),
};

/** Every power of two with its neighbourhood, both signs, the borders and what is no number. */
function grid(): number[] {
  const sizes = Array.from({ length: 301 }, (_, i) => 2 ** (i - 150));
  const between = sizes.flatMap((size) => [size, size * 1.1, size * Math.SQRT2, size * 1.9]);
  const near = Array.from({ length: 400 }, (_, i) => i / 37 + 0.001);
  const positive = [0, ...between, ...near, Number.MAX_VALUE, Number.POSITIVE_INFINITY];
  return [...positive, ...positive.map((value) => -value), Number.NaN];
}

const specialFunctions = (dtype: "float32" | "float64") => (): Bits => {
  const x = tensor(Float64Array.from(grid()), { dtype });
  const entries = Object.entries(functions);
  const all = compile((x: Tensor) => entries.map(([, f]) => f(x)));
  const results = all(x);
  return Object.fromEntries(entries.map(([name], i) => [name, bitsOf(results[i]!)]));
};

/** A network whose products are worth sharing; every step but the first runs on all threads. */
export async function runOnThreads(threads: number): Promise<Bits> {
  setThreads(threads);
  const model = new Sequential(
    new Dense({ inputs: 200, units: 128, activation: tanh, key: key(1) }),
    new Dense({ inputs: 128, units: 10, key: key(2) }),
  );
  const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
  const [x, y] = [normal(key(3), [128, 200]), normal(key(4), [128, 10])];
  const step = compile((x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const loss = mse(model.apply(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  });
  const first = bitsOf(step(x, y));
  const own = threadsFor(undefined);
  while (own > 1 && !poolOf(own).isReady) await new Promise((later) => setTimeout(later, 2));
  return { first, ...train(model, optimizer, () => step(x, y), 10) };
}

const cases: Readonly<Record<string, () => Bits>> = {
  "a network by SGD": network,
  "dropout, cross-entropy and Adam": classifierWithDropout,
  "an LSTM as a loop": loopOfAnLstm,
  "special functions of float32": specialFunctions("float32"),
  "special functions of float64": specialFunctions("float64"),
};

export const names = Object.keys(cases);

export const run = (name: string): Bits => cases[name]!();
