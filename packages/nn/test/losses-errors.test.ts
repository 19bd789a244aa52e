import {
  DTypeError,
  IndexError,
  ShapeError,
  scope,
  type Tensor,
  tensor,
  trace,
  ValueError,
} from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import {
  bce,
  bceWithLogits,
  cosineEmbedding,
  crossEntropy,
  gaussianNll,
  hinge,
  huber,
  klDiv,
  l2Penalty,
  mse,
  multiMargin,
  nll,
  poissonNll,
  smoothL1,
} from "../src/index.js";

const int32 = (labels: readonly number[]) => tensor(labels, { dtype: "int32" });

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
    ).toThrow("crossEntropy: the target probabilities at [1] sum to 0.75");
    expect(() =>
      crossEntropy(scores, [
        [0.5, 0.5],
        [2, -1],
      ]),
    ).toThrow("crossEntropy: the target at [1, 0] is 2, not in [0, 1]");
  });

  it("say which axis has the classes, where systems order them differently", () => {
    const attempt = () => crossEntropy(tensor([[[1, 2]]]), [[0]]);
    expect(attempt).toThrow(ShapeError);
    expect(attempt).toThrow("scores of shape [1, 1, 2], whose axis 1 are the classes, against");
    expect(attempt).toThrow(
      expect.objectContaining({ axis: 1, fix: expect.stringContaining("[-1, classes]") }),
    );
  });

  it("name the place of what does not sum to 1 among many", () => {
    const target = [
      [
        [0.5, 0.25],
        [0.5, 0.5],
      ],
    ];
    expect(() =>
      crossEntropy(
        tensor([
          [
            [1, 2],
            [3, 4],
          ],
        ]),
        target,
      ),
    ).toThrow("the target probabilities at [0, 1] sum to 0.75");
  });

  it("take a class that is ignored, and say so of no other", () => {
    expect(() => crossEntropy(scores, [-100, 1])).not.toThrow();
    expect(() => nll(scores, [7, 1], { ignoreIndex: 7 })).not.toThrow();
    expect(() => nll(scores, [-100, 1], { ignoreIndex: 7 })).toThrow("at [0] is class -100");
    expect(() => multiMargin(scores, [-100, 1])).toThrow(IndexError);
  });

  it("name a prediction that is no probability, and the way to take logits", () => {
    const attempt = () => bce(tensor([0.5, 1.5]), [0, 1]);
    expect(attempt).toThrow(ValueError);
    expect(attempt).toThrow("bce: the prediction at [1] is 1.5, not in [0, 1]");
    expect(attempt).toThrow(/fix: .*bceWithLogits/);
    expect(() => bce(tensor([0.5, 0.5]), [0, 2])).toThrow("the target at [1] is 2, not in [0, 1]");
  });

  it("name targets outside the domains of the others", () => {
    const two = tensor([1, 2]);
    expect(() => hinge(two, [1, 0])).toThrow(/hinge: the target at \[1\] is 0, not -1 or 1/);
    expect(() => hinge(two, [1, 0])).toThrow(/fix: .*\.mul\(2\)\.sub\(1\)/);
    expect(() => cosineEmbedding(scores, scores, [1, 0])).toThrow("is 0, not -1 or 1");
    expect(() => klDiv(two, [0.5, -0.5])).toThrow(/at \[1\] is -0.5, not at least 0.*logTarget/s);
    expect(() => poissonNll(two, [1, -1])).toThrow("the target at [1] is -1, not at least 0");
    expect(() => gaussianNll(two, two, [1, -1])).toThrow("the variance at [1] is -1");
  });

  it("name weights that do not fit", () => {
    const three = [1, 2, 3];
    expect(() => crossEntropy(scores, [0, 1], { weight: three })).toThrow(
      /crossEntropy: weight has shape \[3\] for 2 classes/,
    );
    expect(() => multiMargin(scores, [0, 1], { weight: [1, -2] })).toThrow(
      "multiMargin: the weight at [1] is -2, not at least 0",
    );
    expect(() => bceWithLogits(y, [[0], [1], [1]], { posWeight: [1, 2] })).toThrow(
      "bceWithLogits: posWeight of shape [2] does not broadcast to [3, 1]",
    );
    expect(() => gaussianNll(y, y, [[[1]]])).toThrow(
      "variance of shape [1, 1, 1] does not broadcast to [3, 1]",
    );
  });

  it("name options and their ranges", () => {
    expect(() => huber(y, y, { delta: 0 })).toThrow("huber: delta is 0, which is not above 0");
    expect(() => smoothL1(y, y, { beta: -1 })).toThrow("smoothL1: beta is -1");
    expect(() => crossEntropy(scores, [0, 1], { labelSmoothing: 1.5 })).toThrow(
      "labelSmoothing is 1.5, which is not in [0, 1]",
    );
    expect(() => multiMargin(scores, [0, 1], { p: 3 as 2 })).toThrow("multiMargin: p is 3");
    expect(() => cosineEmbedding(scores, scores, [1, 1], { margin: 2 })).toThrow(
      "margin is 2, which is not in [-1, 1]",
    );
    const attempt = () => mse(y, y, { reduction: "average" as "mean" });
    expect(attempt).toThrow(ValueError);
    expect(attempt).toThrow(/mse: the reduction is "average"/);
  });

  it("say that there is nothing to penalise", () => {
    expect(() => l2Penalty([])).toThrow(/l2Penalty: there are no parameters/);
  });

  it("do not read values while tracing", () => {
    const outside = tensor([[2], [3], [4]]);
    expect(() => trace((t: Tensor) => bceWithLogits(y, t), outside)).not.toThrow();
    const beyond = int32([5, 6]);
    expect(() => trace((t: Tensor) => crossEntropy(scores, t), beyond)).not.toThrow();
  });
});
