import { checkGradients, grad, type Operand, type Tensor, tensor } from "@neurite/autograd";
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
    expect(checkGradients((y, t) => mse(y!, t!), [y, t], { order: 2 }).worst).toBeLessThan(1e-6);
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
    expect(
      checkGradients((z, t) => bceWithLogits(z!, t!), [z, t], { order: 2 }).worst,
    ).toBeLessThan(1e-6);
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
