import { describe, expect, test } from "vitest";
import { arange, concat, full, stack, tensor, zeros } from "../src/index.js";
import { expectSame } from "./support/close.js";
import { expectError } from "./support/expect-error.js";

describe("literals", () => {
  test.each<[string, () => unknown, string, string[]]>([
    ["a short row", () => tensor([[1, 2], [3]]), "ShapeError", ["row [1]", "length 1, not 2"]],
    [
      "a short inner row",
      () => tensor([[[1, 2]], [[3]]]),
      "ShapeError",
      ["row [1][0]", "length 1"],
    ],
    [
      "a number for a row",
      () => tensor([[1, 2], 3]),
      "DTypeError",
      ["entry [1]", "number 3", "row of 2"],
    ],
    ["a row for a number", () => tensor([1, [2]]), "DTypeError", ["entry [1]", "row of 1"]],
    ["a string", () => tensor([1, "2"] as never), "DTypeError", ["entry [1]", "string 2"]],
    ["a BigInt", () => tensor(1n as never), "DTypeError", ["bigint 1"]],
    [
      "a BigInt array",
      () => tensor(BigInt64Array.of(1n) as never),
      "DTypeError",
      ["expected a number"],
    ],
    ["null", () => tensor([null] as never), "DTypeError", ["entry [0]", "is null"]],
    ["undefined", () => tensor(undefined as never), "DTypeError", ["is undefined"]],
    ["an object", () => tensor({} as never), "DTypeError", ["object"]],
    [
      "too few values",
      () => tensor([1, 2], { shape: [3] }),
      "ShapeError",
      ["2 values", "[3]", "give 3"],
    ],
    [
      "a fraction in int32",
      () => tensor([1, 1.5], { dtype: "int32" }),
      "DTypeError",
      ["value 1.5", "position 1", "int32"],
    ],
    [
      "too large for int32",
      () => tensor(2 ** 31, { dtype: "int32" }),
      "DTypeError",
      ["2147483648", "int32"],
    ],
    ["NaN in int32", () => tensor(Number.NaN, { dtype: "int32" }), "DTypeError", ["NaN", "int32"]],
    ["a number in bool", () => tensor([true, 2]), "DTypeError", ["value 2", "position 1", "bool"]],
    [
      "bytes",
      () => tensor(Uint8Array.of(0, 255)),
      "DTypeError",
      ["255", "bool", 'dtype: "float32"'],
    ],
  ])("%s", (_, run, name, says) => {
    expectError(
      run,
      { name, op: "tensor", site: expect.stringMatching(/errors-of-data\.test/) },
      ...says,
    );
  });

  test("bytes with a dtype, and bools as they are", () => {
    expectSame(tensor(Uint8Array.of(0, 255), { dtype: "float32" }), [0, 255]);
    expectSame(tensor(Uint8Array.of(0, 1)), [false, true]);
    expectSame(tensor(Uint8Array.of(0, 255), { dtype: "bool" }), [false, true]);
  });
});

describe("creation", () => {
  test.each<[string, () => unknown, string, string[]]>([
    ["an infinite side", () => zeros([Number.POSITIVE_INFINITY]), "zeros", ["Infinity"]],
    ["a negative count", () => arange(-1), "arange", ["-1"]],
    ["a shape option", () => tensor([], { shape: [-1] }), "tensor", ["[-1]"]],
  ])("%s", (_, run, op, says) => {
    expectError(run, { name: "ShapeError", op }, ...says);
  });

  test("a fill that the dtype does not hold", () => {
    expectError(() => full([2], 1.5, { dtype: "int32" }), { name: "DTypeError" }, "1.5", "int32");
    expectSame(full([2], 2, { dtype: "bool" }), [true, true]);
  });

  test("an empty list", () => {
    expectError(() => concat([]), { name: "ValueError", op: "concat" }, "list is empty");
    expectError(() => stack([]), { name: "ValueError", op: "stack" }, "list is empty");
  });

  test("a broadcast to a shape that is none costs nothing and is refused", () => {
    expectError(() => tensor(1).broadcastTo([1e6, -1]), { name: "ShapeError" }, "side -1");
    expect(tensor(1).broadcastTo([1e6, 1e6]).size).toBe(1e12);
  });
});
