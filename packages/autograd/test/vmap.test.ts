import { describe, expect, test } from "vitest";
import {
  bernoulli,
  checkGradients,
  checkpoint,
  concat,
  customVjp,
  defineOp,
  grad,
  key,
  noGrad,
  normal,
  permutation,
  scalar,
  scan,
  scope,
  split,
  stack,
  type Tensor,
  tensor,
  uniform,
  valueAndGrad,
  variable,
  vmap,
} from "../src/index.js";
import { expectClose, expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { expectError } from "./support/expect-error.js";
import { float64, int32 } from "./support/values.js";

const xs = float64([
  [1, -2, 3],
  [0.5, 4, -1],
]);
const ys = float64([
  [2, 0, 1],
  [-1, 1, 2],
]);
const w = float64([0.3, -0.2, 0.7]);

/** What vmap stands for: one call after the other, stacked. */
const looped =
  (f: (...x: Tensor[]) => Tensor) =>
  (...lists: Tensor[]): Tensor =>
    stack(
      Array.from({ length: lists[0]!.shape[0]! }, (_, i) => f(...lists.map((x) => x.slice(i)))),
    );

describe("vmap is a loop over the lanes, of", () => {
  const rows: [string, (x: Tensor, y: Tensor) => Tensor][] = [
    ["elements", (x, y) => x.mul(y).tanh()],
    ["broadcasts", (x, y) => x.unsqueeze(1).add(y).mul(w)],
    ["reductions", (x, y) => x.sum().add(y.max(-1)).add(x.mean())],
    ["products", (x, y) => x.dot(y).mul(w.dot(x)).add(x.outer(y).matmul(w))],
    ["softmax", (x) => x.softmax()],
    [
      "shapes",
      (x, y) =>
        concat([x.flip(), y.pad([[1, 0]])])
          .reshape([7, 1])
          .transpose(),
    ],
    ["parts", (x, y) => x.slice([0, 2]).mul(y.slice([1, 3]))],
    ["indices of each lane", (x, y) => x.gather(y.argsort(), 0)],
    ["indices of all lanes", (x) => x.gather(int32([2, 0, 0, 1]), 0)],
    ["sums at indices", (x, y) => w.scatterAdd(x.argsort(), y, 0)],
    ["choices", (x, y) => x.gt(y).where(x, w)],
    ["what is not looked at", (x) => x.mul(0).add(w)],
    ["a loop", (x, y) => scan((c: Tensor, z: Tensor) => [c.mul(z).sin(), c], y, x)[1].sum(0)],
    ["a checkpoint", (x, y) => checkpoint((x: Tensor) => x.mul(y).tanh())(x)],
    ["a derivative", (x, y) => grad((x: Tensor) => x.mul(y).square().sum())(x)],
    [
      "a second derivative",
      (x) => grad((x: Tensor) => grad((x: Tensor) => x.sin().sum())(x).dot(w))(x),
    ],
    ["another vmap", (x, y) => vmap((a: Tensor) => y.mul(a).sum().add(a))(x)],
    ["a result that is the argument", (x) => x],
    ["a result that is the same in all lanes", () => w.exp()],
  ];

  test.each(rows)("%s", (_, f) => {
    expectClose(evaluate(vmap(f), xs, ys), looped(f as never)(xs, ys), {
      rtol: 1e-15,
      atol: 1e-16,
    });
  });

  test.each(rows)("%s, and so are the gradients", (_, f) => {
    const all = (map: typeof looped) =>
      grad((x: Tensor) =>
        map(f as never)(x, ys)
          .square()
          .sum(),
      );
    const expected = all(looped)(xs);
    expectClose(evaluate(all(vmap as never), xs), expected, { rtol: 1e-14, atol: 1e-15 });
  });
});

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

describe("per-sample gradients", () => {
  const loss = (w: Tensor, x: Tensor, y: Tensor) => x.dot(w).tanh().sub(y).square();
  const targets = float64([0.5, -1]);

  test("are those of a loop, and their sum that of the batch", () => {
    const each = evaluate(
      (w, x, y) => vmap(grad(loss), { inAxes: [null, 0, 0] })(w, x, y),
      w,
      xs,
      targets,
    );
    expect(each.shape).toEqual([2, 3]);
    for (const i of [0, 1]) {
      expectClose(each.slice(i), grad(loss)(w, xs.slice(i), targets.slice(i)), { rtol: 1e-15 });
    }
    const total = grad((w: Tensor) =>
      vmap((x: Tensor, y: Tensor) => loss(w, x, y))(xs, targets).sum(),
    )(w);
    expectClose(each.sum(0), total, { rtol: 1e-14 });
  });

  test("by a variable that the loss closes over", () => {
    const v = variable([0.3, -0.2, 0.7], { dtype: "float64", label: "w" });
    const one = (x: Tensor, y: Tensor) => grad(loss(v.asTensor(), x, y), [v])[0]!;
    const each = evaluate((x, y) => vmap(one)(x, y), xs, targets);
    expectSame(each, vmap(grad(loss), { inAxes: [null, 0, 0] })(w, xs, targets));
  });

  test("with the losses", () => {
    const pair = vmap(valueAndGrad(loss), { inAxes: [null, 0, 0] });
    const [losses, each] = evaluate((w, x, y) => [...pair(w, x, y)], w, xs, targets);
    expectClose(losses!, looped((x, y) => loss(w, x!, y!))(xs, targets), { rtol: 1e-15 });
    expect(each!.shape).toEqual([2, 3]);
  });

  test("differentiate again: grad of a function of per-sample gradients", () => {
    const penalty = (w: Tensor) =>
      vmap((x: Tensor, y: Tensor) => grad(loss)(w, x, y).square().sum())(xs, targets).sum();
    expect(checkGradients(penalty, [w], { order: 2 }).worst).toBeLessThan(1e-6);
  });
});

describe("variables in lanes", () => {
  test("are shared, and differentiated through", () => {
    const v = variable([1, 2, 3], { dtype: "float64" });
    const gradient = evaluate(() => {
      v.zeroGrad();
      vmap((x: Tensor) => x.mul(v).sum())(xs)
        .sum()
        .backward();
      return v.grad;
    });
    expectSame(gradient!, xs.sum(0));
  });

  test("may be assigned what is the same in all lanes, once", () => {
    const calls = scalar(0);
    const result = evaluate(() => {
      calls.assign(0);
      return vmap((x: Tensor) => {
        calls.assign(calls.add(1));
        return x.mul(calls);
      })(xs);
    });
    expectSame(result, xs);
    expectSame(calls, 1);
  });

  test("move on alike in all lanes through loops and checkpoints", () => {
    const state = variable(key(0));
    const draw = () => {
      const [next, own] = split(state) as [Tensor, Tensor];
      state.assign(next);
      return uniform(own, [], { dtype: "float64" });
    };
    const inner = checkpoint((c: Tensor, x: Tensor) => c.mul(x).add(draw()));
    const outer = (x: Tensor) =>
      scan(
        (c: Tensor, y: Tensor) => [
          scan((c: Tensor) => [inner(c, y), draw()], c, null, { length: 2 })[0],
          c,
        ],
        float64(1),
        x,
      )[0];
    const run = (f: () => Tensor) => {
      state.assign(key(0));
      return f();
    };
    const expected = [0, 1].map((i) => run(() => outer(xs.slice(i))));
    const end = state.toTypedArray();
    expectClose(
      evaluate((xs) => run(() => vmap(outer)(xs)), xs),
      stack(expected),
      { rtol: 1e-15 },
    );
    expect(state.toTypedArray()).toEqual(end);
  });

  test("that would differ from lane to lane are refused, and stay as they are", () => {
    const last = scalar(7, { label: "last" });
    const assigning = vmap((x: Tensor) => {
      last.assign(x.sum());
      return x;
    });
    expectError(
      () => evaluate(assigning, xs),
      { name: "TraceError", op: "vmap" },
      "last would differ by lane",
      "return the value",
    );
    expectSame(last, 7);
    const learning = vmap((x: Tensor) => {
      x.mul(last).sum().backward();
      return x;
    });
    expectError(
      () => evaluate(learning, xs),
      { name: "TraceError", op: "vmap" },
      "the gradient of last",
      "return grad(...)",
    );
    expect(last.grad).toBeNull();
  });
});

describe("random numbers in lanes", () => {
  const keys = stack(split(key(3), 4));

  test.each<[string, (k: Tensor) => Tensor]>([
    ["uniform", (k) => uniform(k, [2, 2])],
    ["normal", (k) => normal(k, [3])],
    ["bernoulli", (k) => bernoulli(k, 0.5, [5])],
    ["permutation", (k) => permutation(k, 5)],
    ["of a key split in the lane", (k) => uniform(split(k)[1]!, [2])],
  ])("%s: with a key each, those of a loop", (_, draw) => {
    expectSame(evaluate(vmap(draw), keys), looped(draw as never)(keys));
  });

  test("one key gives all lanes the same numbers, as in JAX", () => {
    const all = evaluate(
      (x) => vmap((x: Tensor) => x.add(uniform(key(0), [3], { dtype: "float64" })))(x),
      xs.mul(0),
    );
    expectSame(all.slice(0), all.slice(1));
  });
});

describe("what is inside lanes", () => {
  test("a custom derivative is used, lane by lane and at second order", () => {
    let calls = 0;
    const cube = customVjp(
      (x: Tensor, k: Tensor) => x.pow(3).mul(k),
      [
        ({ g, x: [x, k] }) => {
          calls++;
          return g.mul(x!.square().mul(3).mul(k!));
        },
        ({ g, x: [x] }) => g.mul(x!.pow(3)).sum(),
      ],
      { samples: [[float64([2, -1]), float64(3)]] },
    );
    calls = 0;
    const f = (x: Tensor, k: Tensor) => vmap((x: Tensor) => cube(x, k).sum())(x).sum();
    const k = float64(2);
    expectClose(evaluate(grad(f), xs, k), xs.square().mul(6), { rtol: 1e-15 });
    expectClose(evaluate(grad(f, { argument: 1 }), xs, k), xs.pow(3).sum(), { rtol: 1e-15 });
    expect(calls).toBeGreaterThan(0);
    checkGradients(f, [xs, k], { order: 2 });
  });

  test("an op without a batching rule of its own runs lane by lane", () => {
    const shift = defineOp<readonly [Tensor]>(
      {
        name: "shift",
        family: "unary",
        formula: { forward: "y = x + size", vjp: ["x̄ = ȳ"] },
        shape: ([x]) => x!.shape,
        dtype: ([x]) => x!.dtype,
        forward: (out, [x]) => out.data.set(x!.toTypedArray().map((value) => value + x!.size)),
        vjp: [({ g }) => g],
      },
      { samples: [{ inputs: [float64([1, 2])] }] },
    );
    expectSame(
      evaluate(
        vmap((x: Tensor) => shift([x])),
        xs,
      ),
      xs.add(3),
    );
  });

  test("noGrad stops gradients there", () => {
    const f = (x: Tensor) => vmap((x: Tensor) => x.mul(noGrad(() => x.exp())).sum())(x).sum();
    expectSame(evaluate(grad(f), xs), xs.exp());
  });

  test("under noGrad a checkpoint that all lanes share", () => {
    const f = (x: Tensor, y: Tensor) => x.add(checkpoint((y: Tensor) => y.exp())(y));
    expectSame(
      evaluate((x, y) => noGrad(() => vmap(f, { inAxes: [0, null] })(x, y)), xs, w),
      xs.add(w.exp()),
    );
  });

  test("scopes and labels are kept", () => {
    const all = vmap((x: Tensor) => scope("layer", () => x.tanh().as("activation")))(xs);
    expect(all.label).toBe("activation");
    expect(all.scope.path).toBe("layer");
  });
});

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
    expect(error.site).toMatch(/vmap\.test\.ts/);
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
