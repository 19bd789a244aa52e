import { describe, expect, test } from "vitest";
import { lowerings } from "../../src/compile/lower/table.js";
import {
  bernoulli,
  compile,
  type DType,
  DTypeError,
  grad,
  key,
  linearRecurrence,
  normal,
  permutation,
  type Tensor,
  tensor,
  uniform,
} from "../../src/index.js";
import { inDType } from "../support/checks.js";
import { expectSame } from "../support/close.js";
import { gradientsOfSum, ofFloats } from "../support/derivatives.js";
import { compositions, each, type Known, primitives } from "../support/records.js";
import type { Sample } from "../support/sample.js";
import { hosted, tasksOf, titles } from "../support/tasks.js";
import { int32 } from "../support/values.js";

const algebra = Object.entries(lowerings).flatMap(([name, own]) =>
  typeof own === "object" && own.host === "linear algebra" ? name : [],
);

/** A sample in all dtypes that it may have, and its results. */
function variants({ inputs, apply, title }: Sample, { dtypes = {} }: Known["record"]) {
  const others = Object.entries(dtypes).flatMap(([dtype, result]) => (result ? [dtype] : []));
  return ["float64", ...others].flatMap((dtype) => {
    const own = inDType(inputs, dtype as DType);
    try {
      const y = apply(...own).asTensor();
      return { title: `${title} in ${dtype}`, inputs: own, apply, y };
    } catch (error) {
      if (error instanceof DTypeError) return [];
      throw error;
    }
  });
}

describe("JavaScript is called for linear algebra alone", () => {
  test("by the table", () => {
    expect(algebra).toEqual(["cholesky", "cofactors", "det", "solve"]);
    expect(Object.values(lowerings).filter((own) => typeof own === "object")).toHaveLength(4);
  });

  // The programs of all samples, in all dtypes and with their derivatives.
  let programs = 0;
  test.each([...primitives, ...compositions])("by $name", ({ record }) => {
    const all = record.samples.flatMap((sample) => variants(sample, record));
    const calls = each(all, ({ inputs, apply, y }) => {
      const { floats, f } = ofFloats({ inputs, apply });
      const isCurved = record.differentiable && y.dtype === "float64" && floats.length > 0;
      programs++;
      const backward = isCurved ? tasksOf(gradientsOfSum(f), floats) : [];
      return hosted([...tasksOf(apply, inputs), ...backward]);
    });
    expect(calls.flat().filter((op) => !algebra.includes(op))).toEqual([]);
  });
  test("in thousands of programs", () => {
    expect(programs).toBeGreaterThan(5000);
  });
});

describe("what is no lane expression has the bits of eager execution", () => {
  const others = primitives.filter(({ name }) => {
    const own = lowerings[name as keyof typeof lowerings];
    return own === "tasks" || own === "positional" || own === "fold";
  });
  test.each(others)("$name", ({ record }) => {
    each(
      record.samples.flatMap((sample) => variants(sample, record)),
      ({ inputs, apply, y }) => expectSame(compile(apply)(...inputs), y),
    );
  });

  const widths = [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 33, 64, 70];
  const dtypes = ["float32", "float64"] as const;
  const drawn = (seed: number, shape: number[], dtype: "float32" | "float64" = "float32") =>
    normal(key(seed), shape, { dtype });
  const index = (count: number, bound: number) =>
    permutation(key(count), Math.max(count, bound)).slice([0, count]).remainder(bound);

  test.each(dtypes)("rows of all widths, picked and added up: %s", (dtype) => {
    for (const width of widths) {
      const table = drawn(1, [7, width], dtype);
      const picks = index(20, 7);
      const embed = (table: Tensor, picks: Tensor) => {
        const own = table.alias();
        const y = own.indexSelect(picks, 0);
        return [y, ...grad(y.mul(y).sum(), [own])];
      };
      const [y, g] = compile(embed)(table, picks);
      const [expected, gradient] = embed(table, picks);
      expectSame(y!, expected!);
      expectSame(g!, gradient!);
    }
  });

  test.each(dtypes)("recurrences of all widths, along either axis: %s", (dtype) => {
    for (const width of widths) {
      const [a, b] = [drawn(2, [width, 9], dtype), drawn(3, [width, 9], dtype)];
      for (const axis of [0, 1]) {
        for (const reverse of [false, true]) {
          const f = (a: Tensor, b: Tensor) => linearRecurrence(a, b, { axis, reverse });
          expectSame(compile(f)(a, b), f(a, b));
        }
      }
    }
  });

  test.each([...dtypes, "int32"] as const)("long rows in order, with ties and NaN: %s", (dtype) => {
    const x = drawn(4, [3, 1000], "float64").mul(20).round().div(8);
    const special = x.eq(2).where(Number.NaN, x.eq(1).where(-0, x)).cast(dtype);
    for (const axis of [0, 1]) {
      for (const descending of [false, true]) {
        const f = (x: Tensor) => x.argsort(axis, { descending });
        expectSame(compile(f)(special), f(special));
      }
      for (const f of [(x: Tensor) => x.argmax(axis), (x: Tensor) => x.argmin(axis)]) {
        expectSame(compile(f)(special), f(special));
        expectSame(compile(f)(special.slice([0, 2], [0, 1])), f(special.slice([0, 2], [0, 1])));
      }
    }
  });

  test("permutations, sorted once and more often", () => {
    for (const count of [0, 1, 2, 17, 1625, 1626, 3000]) {
      const f = (key: Tensor) => permutation(key, count);
      expectSame(compile(f)(key(5)), f(key(5)));
    }
  });

  test.each([
    [0, 1],
    [-1, 1],
    [-0.3, 0.7],
    [2 ** -24 - 1, 1],
    [0, 3],
    [5, 5],
    [1, -1],
    [-1e30, 1e30],
  ])("uniform numbers from %f to %f", (min, max) => {
    for (const dtype of dtypes) {
      const f = (key: Tensor) => uniform(key, [5, 41], { min, max, dtype });
      expectSame(compile(f)(key(6)), f(key(6)));
    }
  });

  test("products of integers that leave float64", () => {
    const x = uniform(key(7), [6, 40], { min: -(2 ** 31), max: 2 ** 31, dtype: "float64" });
    const integers = x.cast("int32");
    const f = (x: Tensor) => [x.prod(1), x.prod(0), x.prod(), x.matmul(x.transpose())];
    for (const [i, y] of compile(f)(integers).entries()) expectSame(y, f(integers)[i]!);
  });
});

describe("what is fused", () => {
  test("a dropout, with its random numbers, is one kernel", () => {
    const dropout = (x: Tensor, key: Tensor) => bernoulli(key, 0.8, x.shape).where(x.div(0.8), 0);
    expect(titles(tasksOf(dropout, [tensor([1, 2, 3]), key(0)]))).toEqual([
      "randomUniform lt div where",
    ]);
  });

  test("random numbers do not join what their key is made with", () => {
    const f = (key: Tensor) => {
      const own = key.add(1);
      return uniform(own, [2]).add(own.cast("float32"));
    };
    expectSame(compile(f)(key(1)), f(key(1)));
  });

  test("the gradient of an embedding begins with a fill", () => {
    const f = (table: Tensor, index: Tensor) => {
      const own = table.alias();
      return grad(own.indexSelect(index, 0).square().sum(), [own]);
    };
    const inputs = [normal(key(1), [5, 3]), int32([1, 1])];
    const names = titles(tasksOf(f, inputs));
    expect(names).toEqual(["index below 5", "gather", expect.any(String), "fill", "scatterAdd"]);
  });

  test("a cross-entropy of labels looks at them once", () => {
    const f = (x: Tensor, labels: Tensor) =>
      x.logSoftmax(-1).mul(labels.oneHot(3)).sum().add(labels.oneHot(3).sum());
    const names = titles(tasksOf(f, [normal(key(2), [2, 3]), int32([0, 2])]));
    expect(names.filter((name) => name.startsWith("index"))).toEqual(["index below 3"]);
    expect(names.join(" ")).toMatch(/max sub.* oneHot mul/);
  });
});
