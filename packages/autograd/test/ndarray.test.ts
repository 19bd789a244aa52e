import { describe, expect, test } from "vitest";
import { arange, concat, type Tensor, tensor } from "../src/index.js";
import { NDArray } from "../src/ndarray.js";
import { evaluate } from "./support/evaluate.js";

const arrayOf = (x: Tensor): NDArray => {
  if (x.value instanceof NDArray) return x.value;
  throw new Error("a scalar");
};

const matrix = arange(240, { dtype: "float32" }).reshape([12, 20]);

describe("a part that lies in a row", () => {
  test("is reshaped without a copy", () => {
    const part = arrayOf(matrix.slice([3, 6]).reshape([6, 10]));
    expect(part.data.buffer).toBe(arrayOf(matrix).data.buffer);
    expect([...part.toTypedArray()]).toEqual(Array.from({ length: 60 }, (_, i) => 60 + i));
  });

  test("is a copy where its user may keep it", () => {
    const rows = matrix.slice([2, 4]);
    const elements = rows.toTypedArray();
    elements.fill(-1);
    expect(rows.slice(0, 0).item()).toBe(40);
    expect(matrix.slice(2, 0).item()).toBe(40);
  });

  test.each([
    ["rows", matrix.slice([1, 3]), true],
    ["a row", matrix.slice(4), true],
    ["a column", matrix.slice(null, [4, 5]), false],
    ["every second row", matrix.slice([0, null, 2]), false],
    ["rows in reverse", matrix.flip(0), false],
    ["one element", matrix.slice([3, 4], [7, 8]), true],
    ["an axis of 1 with any stride", matrix.slice([0, 1]).transpose(), true],
    ["a repeated row", matrix.slice([0, 1]).broadcastTo([3, 20]), false],
  ])("%s", (_, part, isDense) => {
    expect(arrayOf(part).isDense).toBe(isDense);
  });
});

test("arithmetic, copies and joins of parts take the right elements", () => {
  const [top, bottom] = matrix.split(2) as [Tensor, Tensor];
  expect(evaluate((a, b) => b.sub(a), top, bottom).toTypedArray()).toEqual(
    new Float32Array(120).fill(120),
  );
  const swapped = evaluate((a, b) => concat([b, a]), top, bottom);
  expect([...swapped.toTypedArray()].slice(118, 122)).toEqual([238, 239, 0, 1]);
  const mixed = evaluate((a, b) => a.gt(100).where(a, b.neg()), top.reshape([120]), tensor(1));
  expect([...mixed.toTypedArray()].slice(99, 103)).toEqual([-1, -1, 101, 102]);
});
