import { key, type Tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  Adam,
  crossEntropy,
  Dense,
  fit,
  type Optimizer,
  RMSprop,
  SGD,
  TrainingError,
} from "../../src/index.js";
import { iris } from "./examples.js";

const { inputs, targets } = iris({ dtype: "float64" });
const softmax = () => new Dense({ inputs: 4, units: 3, key: key(1), dtype: "float64" });

const lossOf = (model: Dense): Tensor => crossEntropy(model.apply(inputs), targets);

/** Steps over all flowers, and what each did to the weights: gradients seen and values after. */
function descend(make: (model: Dense) => Optimizer, steps: number) {
  const model = softmax();
  const optimizer = make(model);
  const start = numbersOf(model.weight);
  const seen = Array.from({ length: steps }, () => {
    optimizer.zeroGrad();
    lossOf(model).backward();
    const gradient = numbersOf(model.weight.grad!);
    optimizer.step();
    return { gradient, weight: numbersOf(model.weight) };
  });
  return { start, seen, loss: lossOf(model).item() };
}

const numbersOf = (x: { toTypedArray(): ArrayLike<number> }) => Array.from(x.toTypedArray());

/** What moves one weight by its gradient, with a memory of its own, as PyTorch's documents say. */
type Rule = (memory: { m: number; v: number; t: number }, g: number) => number;

const rate = 0.1;

const rules: Record<string, [(model: Dense) => Optimizer, Rule]> = {
  "gradient descent": [
    (model) => new SGD(model.parameters(), { learningRate: rate }),
    (_, g) => rate * g,
  ],
  momentum: [
    (model) => new SGD(model.parameters(), { learningRate: rate, momentum: 0.9 }),
    (memory, g) => {
      memory.m = 0.9 * memory.m + g;
      return rate * memory.m;
    },
  ],
  Adam: [
    (model) => new Adam(model.parameters(), { learningRate: rate }),
    (memory, g) => {
      memory.t++;
      memory.m = 0.9 * memory.m + 0.1 * g;
      memory.v = 0.999 * memory.v + 0.001 * g * g;
      const [m, v] = [memory.m / (1 - 0.9 ** memory.t), memory.v / (1 - 0.999 ** memory.t)];
      return (rate * m) / (Math.sqrt(v) + 1e-8);
    },
  ],
  RMSprop: [
    (model) => new RMSprop(model.parameters(), { learningRate: rate }),
    (memory, g) => {
      memory.v = 0.99 * memory.v + 0.01 * g * g;
      return (rate * g) / (Math.sqrt(memory.v) + 1e-8);
    },
  ],
};

describe("gradient descent, learning rate, momentum, Adam, RMSprop", () => {
  it.each(Object.keys(rules))("%s moves every weight by PyTorch's formula", (name) => {
    const [make, rule] = rules[name]!;
    const { start, seen } = descend(make, 6);
    const memories = start.map(() => ({ m: 0, v: 0, t: 0 }));
    let weights = start;
    for (const { gradient, weight } of seen) {
      weights = weights.map((w, i) => w - rule(memories[i]!, gradient[i]!));
      for (const [i, expected] of weights.entries()) expect(weight[i]).toBeCloseTo(expected, 12);
    }
  });

  it("momentum, Adam and RMSprop are further down than plain descent after as many steps", () => {
    const [plain, ...others] = Object.values(rules).map(([make]) => descend(make, 40).loss);
    expect(plain).toBeGreaterThan(0.4);
    for (const loss of others) expect(loss).toBeLessThan(0.5 * plain!);
  });

  it("the learning rate decides whether it crawls, learns or diverges", async () => {
    const after = (learningRate: number) =>
      descend((model) => new SGD(model.parameters(), { learningRate }), 40).loss;
    const [before, slow, right] = [lossOf(softmax()).item(), after(1e-4), after(1)];
    expect(slow / before).toBeGreaterThan(0.99);
    expect(slow / before).toBeLessThan(1);
    expect(right / before).toBeLessThan(0.3);
    const train = (model: Dense, learningRate: number) =>
      fit(model, {
        ...{ inputs, targets, loss: crossEntropy, epochs: 40, progress: false, key: key(2) },
        optimizer: new SGD(model.parameters(), { learningRate }),
      });
    const model = softmax();
    const error = await train(model, 1e308).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({ epoch: 1, learningRate: 1e308 });
    expect(error.message).toMatch(/lower the learning rate \(now 1e\+308, try 1e\+307\)/);
    expect(numbersOf(model.weight).every(Number.isFinite)).toBe(true);
    expect((await train(softmax(), 0.1)).epochs.at(-1)!.loss).toBeLessThan(0.3);
  });
});
