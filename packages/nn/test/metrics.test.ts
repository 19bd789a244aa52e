import { IndexError, ShapeError, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { accuracy, mae, rmse } from "../src/index.js";
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
    expectSame(share, tensor(0.75));
  });

  it("refuses a class beyond the scores, and labels that are not one for each row", () => {
    expect(() => accuracy(scores, [1, 0, 3, 0])).toThrow(IndexError);
    expect(() => accuracy(scores, [1, 0, 2])).toThrow(ShapeError);
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
    expect(() => rmse(y, [[1], [2], [4]])).toThrow(ShapeError);
    expect(() => mae(y, [[1], [2], [4]])).toThrow(ShapeError);
  });
});
