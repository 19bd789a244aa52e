import { describe, expect, test } from "vitest";
import {
  compile,
  grad,
  key,
  type NeuriteError,
  normal,
  permutation,
  scan,
  scope,
  split,
  type Tensor,
  tensor,
  uniform,
  variable,
} from "../../src/index.js";
import { errorOf } from "../support/checks.js";
import { expectSame } from "../support/close.js";
import type { Apply } from "../support/sample.js";
import { tasksOf, titles } from "../support/tasks.js";
import { int32 } from "../support/values.js";

describe("an index that is wrong", () => {
  const table = normal(key(3), [4, 5]);
  const bad = int32([1, 0, 4, -1]);
  const cases: [string, Apply, readonly Tensor[]][] = [
    ["gather", (x, index) => x!.gather(index!, 0), [table.slice(null, 0), bad]],
    ["rows", (x, index) => x!.indexSelect(index!, 0), [table, bad]],
    ["scatterAdd", (x, index) => x!.scatterAdd(index!, x!, 0), [table.slice(null, 0), bad]],
    ["into nothing", (x, i) => x!.scatterAdd(i!, i!, 0), [int32([]), bad]],
    ["oneHot", (index) => index!.oneHot(4), [bad]],
    ["of no classes", (index) => index!.oneHot(0), [bad]],
    ["strided", (index) => index!.slice([null, null, 2]).oneHot(4), [bad]],
    ["backwards", (index) => index!.flip(0).oneHot(4), [bad]],
    ["computed", (index) => index!.add(1).oneHot(5), [bad]],
    ["the second of two", (x) => x!.oneHot(9).sum().add(x!.neg().oneHot(2).sum()), [int32([1, 7])]],
  ];
  test.each(cases)("is refused as eagerly: %s", (_, f, inputs) => {
    const expected = errorOf(() => f(...inputs)) as NeuriteError;
    const step = compile(f);
    for (let call = 0; call < 2; call++) {
      const error = errorOf(() => step(...inputs)) as NeuriteError;
      expect(error.name).toBe("IndexError");
      expect(error.message.split("\n")[0]).toBe(expected.message.split("\n")[0]);
    }
  });

  test("is named with its function, its place in the index, and the module", () => {
    const step = compile((index: Tensor) => scope("words", () => table.indexSelect(index, 0)));
    expect(errorOf(() => step(bad))).toMatchObject({ op: "indexSelect", modulePath: "words" });
    expect(() => step(bad)).toThrow("index 4 at position 2 is outside 0 to 3");
  });

  test("leaves variables as they were, and the next step is right", () => {
    const weight = variable(table);
    const count = variable(tensor(0));
    const step = compile((index: Tensor) => {
      // The count changes before the index is looked at, the weights after that.
      count.assign(count.add(1));
      const [g] = grad(weight.indexSelect(index, 0).square().sum(), [weight]);
      weight.assign(weight.sub(g!));
      return count.mul(1);
    });
    step(int32([0, 1]));
    const before = weight.toTypedArray();
    expect(errorOf(() => step(int32([0, 4])))).toMatchObject({ name: "IndexError" });
    expectSame(weight, tensor(before, { shape: [4, 5] }));
    expectSame(count, tensor(1));
    expectSame(step(int32([2, 3])), tensor(2));
  });

  test("inside a loop", () => {
    const weight = variable(table);
    const step = compile((indices: Tensor) => {
      weight.assign(weight.mul(2));
      const body = (sum: Tensor, index: Tensor) => {
        const next = sum.add(weight.indexSelect(index, 0).sum());
        return [next, next] as const;
      };
      return scan(body, tensor(0), indices)[0];
    });
    step(int32([[0], [1]]));
    const before = weight.toTypedArray();
    expect(errorOf(() => step(int32([[0], [7]])))).toMatchObject({ name: "IndexError" });
    expectSame(weight, tensor(before, { shape: [4, 5] }));
  });

  test("is not looked for where it cannot be", () => {
    const f = (x: Tensor, key: Tensor) => {
      const [first, second] = split(key);
      return [
        x.sort(1),
        x.takeAlongAxis(x.argmax(1).unsqueeze(1), 1),
        x.indexSelect(permutation(first!, 4), 0),
        x.indexSelect([3, 1], 0).add(uniform(second!, [2, 5])),
      ];
    };
    const names = titles(tasksOf(f, [table, key(4)]));
    expect(names.filter((name) => name.startsWith("index"))).toEqual([]);
    for (const [i, y] of compile(f)(table, key(4)).entries()) {
      expectSame(y, f(table, key(4))[i]!);
    }
  });
});
