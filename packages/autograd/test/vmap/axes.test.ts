import { describe, expect, test } from "vitest";
import { type Tensor, vmap } from "../../src/index.js";
import { expectSame } from "../support/close.js";
import { evaluate } from "../support/evaluate.js";
import { looped, w, xs, ys } from "../support/lane-by-lane.js";
import { float64 } from "../support/values.js";

describe("where the lanes are", () => {
  const f = (x: Tensor, y: Tensor) => x.mul(2).add(y);
  const cube = float64([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ]);

  test.each([
    [0, [1]],
    [1, [2]],
    [2, [3]],
    [-1, [3]],
    [-3, [1]],
  ])("in the arguments: %i", (axis, [lanes]) => {
    const all = evaluate((x) => vmap((x: Tensor) => x.sum(), { inAxes: axis })(x), cube);
    expect(all.shape).toEqual([lanes]);
    expectSame(all, cube.sum([0, 1, 2].filter((other) => other !== (axis + 3) % 3)));
  });

  test("another for each argument, or none", () => {
    expectSame(
      evaluate((x, y) => vmap(f, { inAxes: [0, 1] })(x, y), xs, ys.transpose()),
      f(xs, ys),
    );
    expectSame(
      evaluate((x, y) => vmap(f, { inAxes: [0, null] })(x, y), xs, w),
      f(xs, w),
    );
    expectSame(
      evaluate((x, y) => vmap(f, { inAxes: [null, -2] })(x, y), w, ys),
      f(w, ys),
    );
  });

  test.each([
    [0, [2, 3, 5]],
    [1, [3, 2, 5]],
    [2, [3, 5, 2]],
    [-1, [3, 5, 2]],
    [-3, [2, 3, 5]],
  ])("in the result: %i", (axis, shape) => {
    const wide = (x: Tensor) => x.unsqueeze(1).add(float64([1, 2, 3, 4, 5]));
    const all = evaluate((x) => vmap(wide, { outAxes: axis })(x), xs);
    expect(all.shape).toEqual(shape);
    const rest = [0, 1, 2].filter((other) => other !== (axis + 3) % 3);
    expectSame(all.transpose([(axis + 3) % 3, ...rest]), looped(wide)(xs));
  });

  test("nested like arguments and results, as deep as there is something to tell apart", () => {
    const g = ({ a, list }: { a: Tensor; list: readonly (Tensor | null)[] }) => ({
      sum: a.add(list[0]!),
      rest: [a, list[0]!] as const,
      none: null,
    });
    const options = {
      inAxes: [{ a: 0, list: [null, 5] }],
      outAxes: { sum: 1, rest: [0, null], none: 0 },
    };
    const all = evaluate((a, b) => vmap(g, options)({ a, list: [b, null] }), xs, w);
    expectSame(all.sum, xs.add(w).transpose());
    expectSame(all.rest[0], xs);
    expectSame(all.rest[1], w);
    expect(all.none).toBeNull();
  });

  test("one lane, and lanes of nothing", () => {
    expectSame(
      evaluate((x) => vmap((x: Tensor) => x.exp().sum())(x), float64([[0, 0]])),
      [2],
    );
    expect(evaluate((x) => vmap((x: Tensor) => x.exp())(x), float64([[], []])).shape).toEqual([
      2, 0,
    ]);
  });
});

describe("nested vmap", () => {
  test("makes a table of all pairs", () => {
    const pairs = vmap((x: Tensor) => vmap((y: Tensor) => x.dot(y))(ys));
    expectSame(evaluate(pairs, xs), xs.matmul(ys.transpose()));
    const turned = vmap((x: Tensor) => vmap((y: Tensor) => x.dot(y))(ys), { outAxes: 1 });
    expectSame(evaluate(turned, xs), ys.matmul(xs.transpose()));
  });

  test("over the same axes in either order", () => {
    const cube = float64([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [
        [0, 1],
        [2, 0],
        [1, 1],
      ],
    ]);
    const norm = (x: Tensor) => x.square().sum().sqrt();
    const rows = evaluate(vmap(vmap(norm)), cube);
    expectSame(rows, cube.square().sum(2).sqrt());
    const columns = evaluate((c) => vmap(vmap(norm), { inAxes: 1, outAxes: 1 })(c), cube);
    expectSame(columns, rows);
  });
});
