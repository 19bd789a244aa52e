import { describe, expect, test } from "vitest";
import {
  arange,
  full,
  mapTree,
  type Operand,
  ones,
  scalar,
  scope,
  tensor,
  Variable,
  variable,
  zeros,
} from "../src/index.js";
import { errorOf } from "./support/checks.js";
import { expectSame } from "./support/close.js";

describe("values", () => {
  test("of rank 0 are plain numbers, rounded to their dtype", () => {
    expect(scalar(0.1).mul(1).value).toBe(0.1);
    expect(tensor(0.1).value).toBe(Math.fround(0.1));
    expect(tensor([[3]]).reshape([]).value).toBe(3);
    expect(tensor([1, 2]).sum().value).toBe(3);
    expect(tensor(true).toArray()).toBe(true);
  });

  test("of views are the elements of what they view, without a copy", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const data = (y: Operand) => (y.asTensor().value as { data: unknown }).data;
    for (const view of [
      x.transpose(),
      x.slice([0, 1]),
      x.flip(),
      x.broadcastTo([2, 2, 3]),
      x.reshape([6]),
    ]) {
      expect(data(view)).toBe(data(x));
    }
    expect(data(x.transpose().reshape([6]))).not.toBe(data(x));
  });

  test("are copied in and copied out: nobody's array is shared", () => {
    const given = Float64Array.of(1, 2);
    const x = tensor(given);
    given[0] = 100;
    const read = x.toTypedArray();
    read[1] = 100;
    const view = x.flip().toTypedArray();
    view[0] = 100;
    expectSame(x, [1, 2]);
    expectSame(x.flip(), [2, 1]);
  });

  test("of a shape are not the caller's array", () => {
    const shape = [2, 1];
    const made = [
      zeros(shape),
      tensor([1, 2], { shape }),
      tensor(1).broadcastTo(shape),
      ones([2]).reshape(shape),
    ];
    shape[0] = 7;
    for (const x of made) expect(x.shape).toEqual([2, 1]);
  });

  test("item reads one element of any rank, and says so of more", () => {
    expect(tensor([[7]]).item()).toBe(7);
    expect(tensor([5, 6]).slice([1, 2]).item()).toBe(6);
    expect(errorOf(() => tensor([1, 2]).item())).toMatchObject({
      op: "item",
      shapes: [[2]],
      fix: expect.stringContaining("toArray()"),
    });
  });

  test("come back in the nesting they had", () => {
    for (const data of [1, [], [1, 2], [[1], [2]], [[[1, 2]], [[3, 4]]]]) {
      expect(tensor(data).toArray()).toEqual(data);
    }
    expect(zeros([2, 0]).toArray()).toEqual([[], []]);
    expect(zeros([0, 2]).toArray()).toEqual([]);
  });
});

describe("creation", () => {
  test("dtypes: float32 by default, float64 for scalar, arrays and booleans their own", () => {
    expect(tensor([1]).dtype).toBe("float32");
    expect(scalar(1).dtype).toBe("float64");
    expect(tensor(Float64Array.of(1)).dtype).toBe("float64");
    expect(tensor([Float64Array.of(1)]).dtype).toBe("float64");
    expect(tensor(Int32Array.of(1)).dtype).toBe("int32");
    expect(tensor([[true]]).dtype).toBe("bool");
    expect(arange(3).dtype).toBe("int32");
  });

  test("zeros, ones, full and arange", () => {
    expectSame(zeros([2, 1]), [[0], [0]]);
    expectSame(ones([2], { dtype: "int32" }), [1, 1]);
    expectSame(full([2], -0.5), [-0.5, -0.5]);
    expectSame(arange(4, { dtype: "float64" }), [0, 1, 2, 3]);
    expectSame(arange(0), []);
  });

  test("numbers adopt the dtype they stand beside, and never widen it", () => {
    expect(tensor([1]).add(0.1).dtype).toBe("float32");
    expect(tensor(Float64Array.of(1)).add(0.1).toArray()).toEqual([1.1]);
    expect(tensor([1], { dtype: "int32" }).add(2).dtype).toBe("int32");
    expect(tensor([1], { dtype: "int32" }).div(2).dtype).toBe("float32");
    expect(scalar(1).add([1, 2]).dtype).toBe("float64");
  });
});

describe("variables", () => {
  test("show an immutable leaf: what was recorded keeps its numbers", () => {
    const v = variable([1, 2]);
    const before = v.asTensor();
    const y = v.mul(2);
    v.assign([10, 20]);
    expectSame(before, [1, 2]);
    expectSame(y, [2, 4]);
    expectSame(v, [10, 20]);
    expect(v.asTensor()).not.toBe(before);
    expect(v.asTensor()).toBe(v.asTensor());
  });

  test("are named, and name their leaves", () => {
    const v = scalar(1, { label: "w" });
    expect(v.asTensor().label).toBe("w");
    expect(v.as("u").asTensor().label).toBe("u");
    v.assign(2);
    expect(v.asTensor().label).toBe("u");
    expect(v.asTensor().variable).toBe(v);
    expect(v.mul(1).variable).toBeUndefined();
  });

  test("are made of numbers or of a tensor's value, in the dtype asked for", () => {
    const v = variable(tensor([1, 2]).mul(2), { dtype: "float64", label: "v" });
    expect(v).toBeInstanceOf(Variable);
    expect([v.dtype, v.label]).toEqual(["float64", "v"]);
    expect(v.asTensor().inputs).toHaveLength(0);
    expectSame(v, [2, 4]);
    expectSame(variable(v, { shape: [2, 1] }), [[2], [4]]);
  });

  test("assigned their own expression do not grow a graph", () => {
    const v = scalar(1);
    for (let i = 0; i < 5; i++) v.assign(v.mul(2));
    expectSame(v, 32);
    expect(v.asTensor().inputs).toHaveLength(0);
  });
});

describe("scopes", () => {
  test("nest into a path that nodes remember", () => {
    const x = scalar(1);
    const y = scope("encoder", () => scope("1", () => x.exp(), "Dense"));
    expect(y.scope.path).toBe("encoder.1");
    expect(y.scope.kind).toBe("Dense");
    expect(x.exp().scope.path).toBe("");
  });
});

describe("trees", () => {
  test("are mapped leaf by leaf, with the path of each", () => {
    const paths: string[] = [];
    const tree = { a: [tensor(1), null], b: { c: tensor(2) }, d: undefined };
    const doubled = mapTree(tree, (leaf, path) => {
      paths.push(path);
      return leaf.mul(2);
    });
    expect(paths).toEqual([".a[0]", ".b.c"]);
    expectSame(doubled.b.c, 4);
    expect(doubled.a[1]).toBeNull();
  });

  test("refuse what holds no tensors, naming the place", () => {
    expect(errorOf(() => mapTree({ a: [new Map()] }, (leaf) => leaf))).toMatchObject({
      name: "ValueError",
      message: expect.stringContaining(".a[0]"),
    });
  });
});
