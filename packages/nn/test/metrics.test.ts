import { IndexError, ShapeError, type Tensor, tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  accuracy,
  confusionMatrix,
  f1,
  mae,
  mape,
  precision,
  r2,
  recall,
  rmse,
  rocAuc,
  topKAccuracy,
} from "../src/index.js";
import { float64 } from "./support/golden.js";

describe("accuracy", () => {
  const scores = tensor([
    [0.1, 0.7, 0.2],
    [2, 1, 0],
    [0, 0, 1],
    [5, 5, 1],
  ]);

  it("is the share of rows whose best class is the target; of ties the first counts", () => {
    const share = evaluate((s: Tensor) => accuracy(s, [1, 0, 0, 0]), scores);
    expectSame(share, float64(0.75));
  });

  it("keeps every digit of a share, whatever the dtype of the scores", () => {
    const share = evaluate((s: Tensor) => accuracy(s, [1, 1, 0]), tensor([0.9, 0.2, 0.1]));
    expectSame(share, float64(2 / 3));
  });

  it("takes places as rows where the classes have axis 1", () => {
    const places = scores.reshape([2, 2, 3]).transpose([0, 2, 1]);
    const share = evaluate(
      (s: Tensor) =>
        accuracy(s, [
          [1, 0],
          [0, 0],
        ]),
      places,
    );
    expectSame(share, float64(0.75));
  });

  it("of zeros and ones compares with a threshold, which is not itself above it", () => {
    const share = (scores: number[], threshold?: number) =>
      evaluate(
        (s: Tensor) => accuracy(s, [0, 1, 1], threshold === undefined ? {} : { threshold }),
        tensor(scores),
      ).item();
    expect(share([0.5, 0.75, 0.25])).toBe(2 / 3);
    expect(share([0.5, 0.75, 0.25], 0.125)).toBe(2 / 3);
    expect(share([-3, 0.25, 4], 0)).toBe(1);
    expect(share([0, 0.25, 4], 0)).toBe(1);
  });

  it("leaves out the rows that do not count, as the rates do", () => {
    const target = [1, -100, 0, 0];
    const right = evaluate((s: Tensor) => accuracy(s, target), scores);
    expectSame(right, float64(2 / 3));
    expectSame(
      evaluate((s: Tensor) => topKAccuracy(s, target, { k: 1 }), scores),
      right,
    );
    const counts = evaluate((s: Tensor) => confusionMatrix(s, target).sum(), scores);
    expectSame(counts, tensor(3, { dtype: "int32" }));
  });

  it("asks for the threshold of scores that are no probabilities", () => {
    const attempt = () => accuracy(tensor([[0.5], [3.5]]), [[0], [1]]);
    expect(attempt).toThrow(ValueError);
    expect(attempt).toThrow(/accuracy: the score at \[1, 0\] is 3.5, not in \[0, 1\]/);
    expect(attempt).toThrow(/fix: for logits give \{ threshold: 0 \}/);
  });

  it("refuses a class beyond the scores, and labels that are not one for each row", () => {
    expect(() => accuracy(scores, [1, 0, 3, 0])).toThrow(IndexError);
    expect(() => accuracy(scores, [1, 0, 2])).toThrow(ShapeError);
    expect(() => accuracy(tensor([[0.5], [1]]), [0, 1])).toThrow(
      expect.objectContaining({ fix: expect.stringContaining("target.reshape([2, 1])") }),
    );
    expect(() => accuracy(tensor([0.5, 1]), [0, 2])).toThrow("the target at [1] is 2, not 0 or 1");
  });

  it("refuses to guess whether rows are one-hot", () => {
    const attempt = () => accuracy(scores, scores.mul(0));
    expect(attempt).toThrow(ShapeError);
    expect(attempt).toThrow(expect.objectContaining({ fix: expect.stringContaining("argmax(1)") }));
  });
});

describe("rates of classes", () => {
  const scores = tensor([0.9, 0.8, 0.7, 0.2, 0.1]);
  const target = [1, 1, 0, 1, 0];
  const rateOf = (rate: typeof precision, options = {}) =>
    evaluate((s: Tensor) => rate(s, target, options), scores).item();

  it("are counted from decisions: rows are classes, columns decisions", () => {
    const matrix = evaluate((s: Tensor) => confusionMatrix(s, target), scores);
    expectSame(
      matrix,
      tensor(
        [
          [1, 1],
          [1, 2],
        ],
        { dtype: "int32" },
      ),
    );
  });

  it("are by default those of class 1", () => {
    expect([precision, recall, f1].map((rate) => rateOf(rate))).toEqual([2 / 3, 2 / 3, 4 / 6]);
    expect(rateOf(precision, { threshold: 0.75 })).toBe(1);
    expect(rateOf(recall, { threshold: 0.85 })).toBe(1 / 3);
  });

  it("are by default the mean over many classes", () => {
    const of = evaluate(
      (s: Tensor) => recall(s, [0, 0, 1]),
      tensor([
        [1, 0, 0],
        [0, 1, 0],
        [0, 1, 0],
      ]),
    );
    expectSame(of, float64(0.75));
  });

  it("are 0, not NaN, where there is nothing to count", () => {
    expect(rateOf(precision, { threshold: 1 })).toBe(0);
    expect(rateOf(f1, { threshold: 1 })).toBe(0);
  });

  it("refuse an unknown average, and class 1 of three classes", () => {
    const three = tensor([[1, 2, 3]]);
    expect(() => f1(three, [0], { average: "binary" })).toThrow(/f1: .*"binary".* 3 classes/);
    expect(() => f1(three, [0], { average: "mean" as "macro" })).toThrow(
      expect.objectContaining({ op: "f1", fix: expect.stringContaining('"macro"') }),
    );
  });
});

describe("topKAccuracy", () => {
  const scores = tensor([
    [1, 2, 3],
    [2, 2, 2],
  ]);

  it("counts the first of ties", () => {
    const share = (labels: number[]) =>
      evaluate((s: Tensor) => topKAccuracy(s, labels, { k: 2 }), scores).item();
    expect(share([1, 1])).toBe(1);
    expect(share([0, 2])).toBe(0);
  });

  it("refuses a k that is no count, or more than there are classes", () => {
    expect(() => topKAccuracy(scores, [0, 0])).toThrow("k is 5 of 3 classes");
    expect(() => topKAccuracy(scores, [0, 0], { k: 0 })).toThrow("k is 0");
  });
});

describe("rocAuc", () => {
  const area = (scores: number[], labels: number[]) =>
    evaluate((s: Tensor) => rocAuc(s, labels), tensor(scores)).item();

  it("is how often a one is above a zero; half for ties", () => {
    expect(area([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
    expect(area([1, 2, 3, 4], [1, 1, 0, 0])).toBe(0);
    expect(area([5, 5, 5, 5], [1, 0, 0, 1])).toBe(0.5);
    expect(area([1, 2, 2, 4], [0, 1, 0, 1])).toBe(3.5 / 4);
  });

  it("is NaN if there is only one class", () => {
    expect(area([1, 2], [1, 1])).toBeNaN();
  });
});

describe("errors in the unit of the targets", () => {
  const y = float64([1, 4, 1]);

  it("rmse is the root of the mean square", () => {
    const value = evaluate((y: Tensor) => rmse(y, [1, 2, 4]), y);
    expectClose(value, Math.sqrt(13 / 3), { rtol: 1e-15 });
  });

  it("mae is the mean of the magnitudes", () => {
    const value = evaluate((y: Tensor) => mae(y, [1, 2, 4]), y);
    expectClose(value, 5 / 3, { rtol: 1e-15 });
  });

  it("do not broadcast", () => {
    for (const metric of [rmse, mae, mape, r2]) {
      const attempt = () => metric(y, [[1], [2], [4]]);
      expect(attempt).toThrow(ShapeError);
      expect(attempt).toThrow(expect.objectContaining({ op: metric.name }));
    }
  });
});

describe("r2", () => {
  const of = (y: number[], t: number[]) => evaluate((y: Tensor) => r2(y, t), tensor(y)).item();

  it("is 1 for the targets, 0 for their mean, and less for worse", () => {
    expect(of([1, 2, 6], [1, 2, 6])).toBe(1);
    expect(of([3, 3, 3], [1, 2, 6])).toBe(0);
    expect(of([6, 2, 1], [1, 2, 6])).toBe(1 - 50 / 14);
  });

  it("of equal targets is 1 if they are met, else 0", () => {
    expect(of([2, 2], [2, 2])).toBe(1);
    expect(of([2, 3], [2, 2])).toBe(0);
  });
});

it("mape shows a target of 0", () => {
  const value = evaluate((y: Tensor) => mape(y, [0, 2]), float64([1, 2]));
  expectSame(value, float64(2 ** 51));
});
