import { describe, expect, test } from "vitest";
import { concat, scalar, scan, type Tensor, tensor } from "../../src/index.js";
import { evaluate } from "../support/evaluate.js";
import { expectError } from "../support/expect-error.js";
import { h0, xs } from "../support/loops.js";
import { float64 } from "../support/values.js";

describe("scan refuses", () => {
  const idle = (c: Tensor) => [c, null] as const;
  const v = scalar(1, { label: "v" });

  test.each<[string, () => unknown, object, string[]]>([
    [
      "no length",
      () => scan(idle, h0, null),
      { name: "ValueError" },
      ["how many steps", "option length"],
    ],
    ["half a length", () => scan(idle, h0, null, { length: 2.5 }), { name: "ValueError" }, ["2.5"]],
    [
      "a negative length",
      () => scan(idle, h0, null, { length: -1 }),
      { name: "ValueError" },
      ["-1"],
    ],
    [
      "another length",
      () => scan(idle, h0, xs, { length: 2 }),
      { name: "ShapeError", axis: 0, shapes: [[3, 2]] },
      ["2 steps", "[3, 2]", "axis 0 of every sequence must be 2"],
    ],
    [
      "sequences of unequal length",
      () => scan(idle, h0, [xs, h0] as const),
      { name: "ShapeError", shapes: [[3, 2], [2]] },
      ["[3, 2] and [2]"],
    ],
    ["a scalar as sequence", () => scan(idle, h0, float64(1)), { name: "ValueError" }, ["axis 0"]],
    [
      "a carry of another shape",
      () => scan((c: Tensor, x: Tensor) => [concat([c, x]), null], h0, xs),
      { name: "ShapeError", shapes: [[2], [4]] },
      ["carry 0", "float64 [2]", "float64 [4]"],
    ],
    [
      "a carry of another dtype",
      () => scan((c: Tensor, x: Tensor) => [x.sum(), c], tensor(0), xs),
      { name: "ShapeError" },
      ["float32 []", "float64 []"],
    ],
    [
      "another number of carries",
      () => scan(((c: Tensor) => [[c, c], null]) as never, h0, xs),
      { name: "ValueError" },
      ["1 carries go in, 2 come out"],
    ],
    [
      "no pair",
      () => scan(((c: Tensor) => c) as never, h0, xs),
      { name: "ValueError" },
      ["pair", "[carry, y]"],
    ],
    [
      "backward in the body",
      () =>
        scan(
          (c: Tensor) => {
            v.mul(2).backward();
            return [c, null];
          },
          h0,
          xs,
        ),
      { name: "TraceError" },
      ["gradient of v", "grad(...)"],
    ],
  ])("%s", (_, run, facts, says) => {
    const error = expectError(
      () => evaluate(() => run() as never),
      { op: "scan", ...facts },
      ...says,
    );
    expect(error.site).toMatch(/scan\/errors\.test\.ts/);
    expect(v.grad).toBeNull();
  });

  test("reading a value in the body", () => {
    expectError(
      () => scan((c: Tensor, x: Tensor) => [x.sum().item() > 0 ? c : c.neg(), null], h0, xs),
      { name: "TraceError", op: "item" },
      "where",
    );
  });
});
