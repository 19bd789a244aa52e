import {
  compile,
  grad,
  IndexError,
  key,
  ones,
  type Tensor,
  tensor,
  variable,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { Embedding, Sequential, SGD } from "../src/index.js";
import { float64 } from "./support/golden.js";
import { thrown } from "./support/thrown.js";

const int32 = (tokens: number[] | number[][]) => tensor(tokens, { dtype: "int32" });
const small = { numEmbeddings: 3, embeddingDim: 2, dtype: "float64" } as const;

function table(options: { paddingIdx?: number } = {}): Embedding {
  const embedding = new Embedding({ ...small, ...options });
  embedding.weight.assign([
    [1, 10],
    [2, 20],
    [3, 30],
  ]);
  return embedding;
}

describe("Embedding", () => {
  it("takes a row of its table for each token", () => {
    const embedding = table();
    const of = (tokens: Tensor) => embedding.apply(tokens);
    expectSame(
      evaluate(of, int32([2, 0, 2])),
      float64([
        [3, 30],
        [1, 10],
        [3, 30],
      ]),
    );
    expectSame(evaluate(of, int32([[1], [0]])), float64([[[2, 20]], [[1, 10]]]));
    expect(evaluate(of, int32([])).shape).toEqual([0, 2]);
  });

  it("is the matrix product of one-hot rows with the table", () => {
    const embedding = table();
    const tokens = int32([2, 1, 1]);
    const product = (t: Tensor) => t.oneHot(3, { dtype: "float64" }).matmul(embedding.weight);
    const found = evaluate((t: Tensor) => embedding.apply(t), tokens);
    expectSame(found, evaluate(product, tokens));
  });

  it("adds up the gradients of a token that comes twice", () => {
    const embedding = table();
    const gradient = evaluate(
      (t: Tensor) => grad(embedding.apply(t).sum(), [embedding.weight])[0]!,
      int32([2, 0, 2]),
    );
    expectSame(
      gradient,
      float64([
        [1, 1],
        [0, 0],
        [2, 2],
      ]),
    );
  });

  it("begins normal, with deviation 1", () => {
    const { weight } = new Embedding({ numEmbeddings: 500, embeddingDim: 20, key: key(2) });
    const values = [...weight.toTypedArray()];
    const mean = values.reduce((sum, value) => sum + value) / values.length;
    const variance = values.reduce((sum, value) => sum + value * value) / values.length;
    // 10 000 draws: the mean has the standard deviation 0.01, the mean square 0.0141.
    expect(Math.abs(mean)).toBeLessThan(0.04);
    expect(Math.abs(variance - 1)).toBeLessThan(0.06);
  });
});

describe("the padding of an Embedding", () => {
  it("begins as zeros, whatever the others begin as", () => {
    const fives = (shape: readonly number[]) => ones(shape).mul(5);
    for (const paddingIdx of [1, -2]) {
      const options = { numEmbeddings: 3, embeddingDim: 2, paddingIdx };
      const { weight } = new Embedding({ ...options, weightInit: fives });
      expectSame(
        weight,
        tensor([
          [5, 5],
          [0, 0],
          [5, 5],
        ]),
      );
    }
  });

  it("is looked up like others, but never learns", () => {
    const embedding = table({ paddingIdx: -1 });
    const optimizer = new SGD(embedding.parameters(), { learningRate: 1 });
    const tokens = int32([2, 0, 2]);
    const found = evaluate((t: Tensor) => {
      optimizer.zeroGrad();
      const rows = embedding.apply(t);
      rows.sum().backward();
      optimizer.step();
      return rows;
    }, tokens);
    expectSame(
      found,
      float64([
        [3, 30],
        [1, 10],
        [3, 30],
      ]),
    );
    expectSame(
      embedding.weight,
      float64([
        [0, 9],
        [2, 20],
        [3, 30],
      ]),
    );
  });
});

describe("a token that is not in the table", () => {
  it.each([
    [
      7,
      3,
      [
        [0, 1],
        [2, 7],
      ],
    ],
    [
      -1,
      0,
      [
        [-1, 1],
        [2, 9],
      ],
    ],
  ])("is an error with its value, position and bound: %i", (value, position, tokens) => {
    const model = new Sequential(table());
    const of = (t: Tensor) => model.apply(t);
    const compiled = compile(of);
    compiled(
      int32([
        [0, 1],
        [2, 0],
      ]),
    );
    for (const run of [of, compiled]) {
      const error = thrown(IndexError, () => run(int32(tokens)));
      expect(error.message).toContain(`index ${value} at position ${position} is outside 0 to 2`);
      expect(error.fix).toContain("less than 3");
      expect(error.modulePath).toBe("0");
    }
  });

  it("changes nothing in a training step", () => {
    const embedding = table();
    const steps = variable(0);
    const step = compile((tokens: Tensor) => {
      steps.assign(steps.add(1));
      const [g] = grad(embedding.apply(tokens).sum(), [embedding.weight]);
      embedding.weight.assign(embedding.weight.sub(g!));
      return steps.mul(1);
    });
    step(int32([0]));
    thrown(IndexError, () => step(int32([3])));
    expect(steps.item()).toBe(1);
    expectSame(
      embedding.weight,
      float64([
        [0, 9],
        [2, 20],
        [3, 30],
      ]),
    );
  });
});
