import {
  array,
  assert,
  boolean,
  constantFrom,
  double,
  integer,
  oneof,
  property,
  record,
} from "fast-check";
import { describe, expect, it } from "vitest";
import { productKernel } from "../../src/compile/kernels/product/product.js";
import { ModuleBuilder } from "../../src/compile/wasm/module.js";
import { bothResults, type Case } from "../support/product-kernel.js";

const small = integer({ min: 0, max: 5 });
/** Sides of about one to a hundred, of one axis or several. */
const index = oneof(
  array(integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 1 }),
  array(integer({ min: 1, max: 8 }), { maxLength: 3 }),
  array(constantFrom(4, 8, 12), { minLength: 1, maxLength: 2 }),
);
const lie = record({
  order: array(small, { minLength: 1, maxLength: 8 }),
  step: constantFrom(1, 1, 1, 2, 0),
  reversed: constantFrom(false, false, false, true),
  shared: boolean(),
});
const cases = record({
  dtype: constantFrom("float32", "float64"),
  batch: array(integer({ min: 1, max: 3 }), { maxLength: 2 }),
  rows: index,
  inner: oneof(index, index, array(constantFrom(3, 16, 20, 32), { minLength: 2, maxLength: 2 })),
  columns: index,
  a: lie,
  b: lie,
  addend: constantFrom("none", "apart", "out"),
  cut: double({ min: 0, max: 1, noNaN: true }),
});

const base: Case = {
  dtype: "float32",
  batch: [],
  rows: [],
  inner: [],
  columns: [],
  a: { order: [0], step: 1 },
  b: { order: [1, 0], step: 1 },
  addend: "none",
  cut: 0.5,
};

function expectSameBits(c: Case): void {
  const { compiled, eager } = bothResults(c);
  expect(Buffer.compare(compiled, eager), JSON.stringify(c)).toBe(0);
}

describe("the product of matrices as a kernel", () => {
  it("has the bits of eager, whatever the shapes and strides", () => {
    assert(property(cases, expectSameBits), { numRuns: 120, seed: 20260401 });
  });

  it.each([
    ["blocks of rows and columns, and panels", [99], [259], [530], "none"],
    ["panels, of which the last has one k", [37], [257], [19], "none"],
    ["panels onto an addend", [99], [258], [530], "apart"],
    ["panels onto the result itself", [110], [513], [40], "out"],
    ["windows of an image", [2, 6, 8], [3, 3, 3], [20], "none"],
    ["a column", [70], [300], [], "out"],
    ["a row", [], [300], [70], "out"],
    ["a number", [], [600], [], "apart"],
    ["few columns", [130], [40], [3], "none"],
  ] as const)("has them for %s, in all orders", (_, rows, inner, columns, addend) => {
    for (const dtype of ["float32", "float64"] as const) {
      for (const a of [[0], [...rows.map(() => 1), ...inner.map(() => 0)]]) {
        for (const b of [[0], [...columns.map(() => 1), ...inner.map(() => 0)]]) {
          const lies = { a: { order: a, step: 1 }, b: { order: b, step: 1 } };
          expectSameBits({ ...base, dtype, rows, inner, columns, addend, ...lies });
        }
      }
    }
  });

  it.each([
    ["no rows", [], [0], [3], [4]],
    ["no columns", [], [3], [3], [0]],
    ["no matrices", [0], [3], [3], [3]],
    ["no k: zeros", [], [5], [0], [9]],
    ["no k, in a batch", [2, 3], [5], [4, 0], [9]],
  ])("computes products of %s", (_, batch, rows, inner, columns) => {
    for (const addend of ["none", "apart", "out"] as const) {
      expectSameBits({ ...base, batch, rows, inner, columns, addend });
    }
  });

  it("shares its code among products of one shape, and keeps it short", () => {
    const axis = (side: number, stride: number) => [{ side, stride }];
    const kernel = () =>
      productKernel({
        dtype: "float32",
        a: { batch: [], outer: axis(130, 785), inner: axis(785, 1) },
        b: { batch: [], outer: axis(259, 785), inner: axis(785, 1) },
        addend: true,
      });
    const module = new ModuleBuilder({ minimum: 1 });
    const [first, second] = [
      module.add("first", kernel().code),
      module.add("second", kernel().code),
    ];
    expect(second).toBe(first);
    expect(first.body.length).toBeLessThan(4000);
  });
});
