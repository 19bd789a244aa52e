import {
  checkGradients,
  DTypeError,
  grad,
  IndexError,
  type Operand,
  ShapeError,
  scope,
  type Tensor,
  tensor,
  trace,
  ValueError,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { bceWithLogits, crossEntropy, mse } from "../src/index.js";
import { expectGolden, float64, golden } from "./support/golden.js";

const int32 = (labels: readonly number[]) => tensor(labels, { dtype: "int32" });

/** The loss and its gradient by the prediction, computed together. */
const withGradient = (
  loss: (prediction: Tensor, target: Tensor) => Tensor,
  prediction: Operand,
  target: Operand,
) =>
  evaluate(
    (y: Tensor, t: Tensor) => {
      const x = y.alias();
      const value = loss(x, t);
      return { value, gradient: grad(value, [x])[0]! };
    },
    prediction.asTensor(),
    target.asTensor(),
  );

describe("losses agree with PyTorch", () => {
  const cases = [
    ["mse", mse, float64],
    ["binaryCrossEntropyWithLogits", bceWithLogits, float64],
    ["crossEntropyIndices", crossEntropy, int32],
    ["crossEntropyProbabilities", crossEntropy, float64],
    ["crossEntropyExtreme", crossEntropy, int32],
  ] as const;

  it.each(cases)("%s", (name, loss, read) => {
    const { input, target, value, gradients } = golden.losses[name]!;
    const found = withGradient(loss, float64(input), read(target as never));
    expectGolden(found.value, value);
    expectGolden(found.gradient, gradients.input);
  });
});

describe("mse", () => {
  it("is the mean of squared differences", () => {
    const value = evaluate((y: Tensor) => mse(y, [1, 2, 4]), float64([1, 4, 1]));
    expectClose(value, 13 / 3, { rtol: 1e-15 });
  });

  it("has the gradient 2(y − t)/n", () => {
    const { gradient } = withGradient(mse, float64([1, 4]), float64([0, 6]));
    expectSame(gradient, float64([1, -2]));
  });

  it("has the right first and second derivatives, by the target too", () => {
    const [y, t] = [float64([[0.5, -1, 2]]), float64([[0.1, 0.4, -0.7]])];
    expect(checkGradients(mse, [y, t], { order: 2 }).worst).toBeLessThan(1e-6);
  });

  it("takes a plain number for a scalar", () => {
    expectSame(
      evaluate((y: Tensor) => mse(y, 1), float64(3)),
      float64(4),
    );
  });
});

describe("bceWithLogits", () => {
  it("is log 2 for the undecided, whatever the target", () => {
    const value = evaluate((z: Tensor) => bceWithLogits(z, [0, 0.3, 1]), float64([0, 0, 0]));
    expectClose(value, Math.LN2, { rtol: 1e-15 });
  });

  it("has the gradient (sigmoid(z) − t)/n", () => {
    const { gradient } = withGradient(bceWithLogits, float64([0, 0]), float64([1, 0.25]));
    expectSame(gradient, float64([-0.25, 0.125]));
  });

  it("keeps the digits of small losses, and grows linearly with large errors", () => {
    const of = (logit: number, target: number) =>
      evaluate((z: Tensor) => bceWithLogits(z, target), float64(logit));
    expectClose(of(40, 1), Math.log1p(Math.exp(-40)), { rtol: 1e-15 });
    expectClose(of(-40, 0), Math.log1p(Math.exp(-40)), { rtol: 1e-15 });
    expectSame(of(1000, 0), float64(1000));
    expectSame(of(-1000, 1), float64(1000));
  });

  it("has the right first and second derivatives, by the target too", () => {
    const [z, t] = [float64([0, -2, 1.5, 4]), float64([0.5, 0.1, 0.9, 0.3])];
    expect(checkGradients(bceWithLogits, [z, t], { order: 2 }).worst).toBeLessThan(1e-6);
  });
});

describe("crossEntropy", () => {
  const logits = float64([
    [1, 2, 0.5],
    [-1, 0, 3],
  ]);

  it("is log C for equal scores", () => {
    const value = evaluate(
      (z: Tensor) => crossEntropy(z, [2, 0]),
      float64([
        [7, 7, 7],
        [0, 0, 0],
      ]),
    );
    expectClose(value, Math.log(3), { rtol: 1e-15 });
  });

  it("has the gradient (softmax(z) − oneHot)/n", () => {
    const { gradient } = withGradient(
      crossEntropy,
      float64([
        [0, 0],
        [0, 0],
      ]),
      int32([1, 0]),
    );
    expectSame(
      gradient,
      float64([
        [0.25, -0.25],
        [-0.25, 0.25],
      ]),
    );
  });

  it("is the same for a class and for a probability of 1", () => {
    const classes = evaluate((z: Tensor) => crossEntropy(z, [1, 2]), logits);
    const certain = evaluate(
      (z: Tensor) =>
        crossEntropy(z, [
          [0, 1, 0],
          [0, 0, 1],
        ]),
      logits,
    );
    expectClose(classes, certain, { rtol: 1e-15 });
  });

  it("takes one sample without a batch, and a batch as the mean of its samples", () => {
    const one = (row: number, label: number) =>
      evaluate((z: Tensor) => crossEntropy(z, label), logits.slice(row)).item();
    const both = evaluate((z: Tensor) => crossEntropy(z, [1, 2]), logits);
    expectClose(both, (one(0, 1) + one(1, 2)) / 2, { rtol: 1e-15 });
  });

  it("has the right first and second derivatives, for classes and for probabilities", () => {
    const ofClasses = (z: Tensor) => crossEntropy(z, [1, 2]);
    expect(checkGradients(ofClasses, [logits], { order: 2 }).worst).toBeLessThan(1e-6);
    const ofShares = (z: Tensor) =>
      crossEntropy(z, [
        [0.2, 0.5, 0.3],
        [1, 0, 0],
      ]);
    expect(checkGradients(ofShares, [logits], { order: 2 }).worst).toBeLessThan(1e-6);
  });
});

describe("errors of losses", () => {
  const y = tensor([[1], [2], [3]]);

  it("name both shapes rather than broadcast", () => {
    for (const loss of [mse, bceWithLogits]) {
      const attempt = () => loss(y, [1, 0, 1]);
      expect(attempt).toThrow(ShapeError);
      expect(attempt).toThrow(
        expect.objectContaining({
          op: loss.name,
          shapes: [[3, 1], [3]],
          fix: expect.stringContaining("target.reshape([3, 1])"),
        }),
      );
    }
  });

  it("name both dtypes", () => {
    const attempt = () => mse(y, tensor([[1], [2], [3]], { dtype: "int32" }));
    expect(attempt).toThrow(DTypeError);
    expect(attempt).toThrow(/predictions are float32, targets int32.*\.cast\("float32"\)/s);
  });

  it("name the place and value of a target outside [0, 1], and the module", () => {
    for (const wrong of [-0.1, 1.5, Number.NaN]) {
      const attempt = () => scope("head", () => bceWithLogits(y, [[0], [wrong], [1]]));
      expect(attempt).toThrow(ValueError);
      expect(attempt).toThrow(/bceWithLogits: the target at \[1, 0\] is .*, not in \[0, 1\]/);
      expect(attempt).toThrow(expect.objectContaining({ modulePath: "head" }));
    }
  });

  const scores = tensor([
    [1, 2],
    [3, 4],
  ]);

  it("name the row and the class beyond the last", () => {
    for (const [wrong, fix] of [
      [2, "give the model 3 outputs, or more"],
      [-1, "count classes from 0"],
    ] as const) {
      const attempt = () => crossEntropy(scores, [0, wrong]);
      expect(attempt).toThrow(IndexError);
      expect(attempt).toThrow(`crossEntropy: the target at [1] is class ${wrong}, of 0 to 1`);
      expect(attempt).toThrow(expect.objectContaining({ fix }));
    }
  });

  it("refuse class numbers that are floats", () => {
    expect(() => crossEntropy(scores, tensor([0, 1]))).toThrow(/int32, got float32/);
    expect(() => crossEntropy(scores, [0, 0.5])).toThrow(DTypeError);
  });

  it("refuse probabilities that do not sum to 1, naming the row and the sum", () => {
    expect(() =>
      crossEntropy(scores, [
        [0.5, 0.5],
        [0.5, 0.25],
      ]),
    ).toThrow("crossEntropy: the target probabilities of row 1 sum to 0.75");
    expect(() =>
      crossEntropy(scores, [
        [0.5, 0.5],
        [2, -1],
      ]),
    ).toThrow("crossEntropy: the target at [1, 0] is 2, not in [0, 1]");
  });

  it("refuse more axes than rows and classes, which systems order differently", () => {
    for (const target of [[[0]], [[[0.5, 0.5]]]]) {
      const attempt = () => crossEntropy(tensor([[[1, 2]]]), target);
      expect(attempt).toThrow(ShapeError);
      expect(attempt).toThrow(expect.objectContaining({ fix: expect.stringContaining("reshape") }));
    }
  });

  it("do not read values while tracing", () => {
    const outside = tensor([[2], [3], [4]]);
    expect(() => trace((t: Tensor) => bceWithLogits(y, t), outside)).not.toThrow();
    const beyond = int32([5, 6]);
    expect(() => trace((t: Tensor) => crossEntropy(scores, t), beyond)).not.toThrow();
  });
});
