import { describe, expect, test } from "vitest";
import { type Tensor, tensor, vmap } from "../../src/index.js";
import { evaluate } from "../support/evaluate.js";
import { expectError } from "../support/expect-error.js";
import { xs } from "../support/lane-by-lane.js";
import { float64 } from "../support/values.js";

describe("vmap refuses", () => {
  const f = (x: Tensor) => x.mul(2);

  test.each<[string, () => unknown, object, string[]]>([
    [
      "lanes of different number",
      () => vmap((x: Tensor, y: Tensor) => x.add(y.sum()))(xs, float64([[1], [2], [3]])),
      {
        name: "ShapeError",
        shapes: [
          [2, 3],
          [3, 1],
        ],
      },
      ["2 and 3", "[2, 3] and [3, 1]", "null in inAxes"],
    ],
    [
      "no argument with lanes",
      () => vmap(f, { inAxes: null })(xs),
      { name: "ShapeError", shapes: [[2, 3]] },
      ["no argument has lanes", "inAxes"],
    ],
    ["no lanes", () => vmap(f)(float64([])), { name: "ShapeError", shapes: [[0]] }, ["[0]"]],
    [
      "a scalar",
      () => vmap(f)(float64(1)),
      { name: "ShapeError", axis: 0 },
      ["argument 0 is a scalar", "null in inAxes"],
    ],
    [
      "an axis out of range",
      () => vmap(f, { inAxes: 2 })(xs),
      { name: "ShapeError", axis: 2 },
      ["axis 2", "rank 2", "-2 to 1"],
    ],
    [
      "axes that do not fit the arguments",
      () => vmap(f, { inAxes: [0, 1] })(xs),
      { name: "ValueError" },
      ["inAxes", "does not fit"],
    ],
    [
      "axes that do not name all of an argument",
      () => vmap((x: { a: Tensor; b: Tensor }) => x.a, { inAxes: [{ a: 0 }] })({ a: xs, b: xs }),
      { name: "ValueError" },
      ["inAxes.0.b"],
    ],
    [
      "axes that do not fit the result",
      () => vmap(f, { outAxes: [0] })(xs),
      { name: "ValueError" },
      ["outAxes"],
    ],
    [
      "a result with lanes as one without",
      () => vmap(f, { outAxes: null })(xs),
      { name: "ValueError" },
      ["differs from lane to lane", "axis"],
    ],
    [
      "an axis of the result out of range",
      () => vmap(f, { outAxes: 5 })(xs),
      { name: "ShapeError", axis: 5 },
      ["axis 5"],
    ],
    [
      "a result that is none",
      () => vmap((() => 3) as never)(xs),
      { name: "ValueError" },
      ["number"],
    ],
    ["a number as argument", () => vmap(f)(3 as never), { name: "ValueError" }, ["number"]],
  ])("%s", (_, run, facts, says) => {
    expectError(() => evaluate(() => run() as never), facts, ...says);
  });

  test("reading a value, with the line", () => {
    const error = expectError(
      () =>
        evaluate(
          vmap((x: Tensor) => (x.sum().item() > 0 ? x : x.neg())),
          xs,
        ),
      { name: "TraceError", op: "item" },
      "where",
    );
    expect(error.site).toMatch(/vmap\/errors\.test\.ts/);
  });

  test("an error inside names the shapes of a lane", () => {
    expectError(
      () =>
        evaluate(
          vmap((x: Tensor) => x.add(tensor([1, 2], { dtype: "float64" }))),
          xs,
        ),
      { op: "add", shapes: [[3], [2]] },
    );
  });
});
