import { describe, expect, test } from "vitest";
import {
  grad,
  type Operand,
  printGraph,
  scalar,
  scope,
  type Tensor,
  tensor,
  topology,
  valueAndGrad,
  variable,
} from "../src/index.js";
import { errorOf } from "./support/checks.js";
import { expectClose, expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { float64 } from "./support/values.js";

/** The expression of micrograd's README. */
function micrograd(a: Operand, b: Operand): Tensor {
  let c: Operand = a.add(b);
  let d: Operand = a.mul(b).add(b.pow(3));
  c = c.add(c.add(1));
  c = c.add(c.add(1).add(a.neg()));
  d = d.add(d.mul(2).add(b.add(a).relu()));
  d = d.add(d.mul(3).add(b.sub(a).relu()));
  const f = c.sub(d).pow(2);
  return f.div(2).add(tensor(10, { dtype: "float64" }).div(f));
}

describe("micrograd's example", () => {
  test("by backward", () => {
    const [a, b] = [scalar(-4), scalar(2)];
    const result = evaluate(() => {
      const g = micrograd(a, b);
      g.backward();
      return [g, a.grad, b.grad];
    });
    const shown = result.map((x) => x!.item().toFixed(4));
    expect(shown).toEqual(["24.7041", "138.8338", "645.5773"]);
  });

  test("by grad, to the same bits", () => {
    const [a, b] = [scalar(-4), scalar(2)];
    const [byGrad, byBackward] = evaluate(() => {
      const byGrad = grad(micrograd(a, b), [a, b]);
      micrograd(a, b).backward();
      return [byGrad, [a.grad, b.grad]];
    });
    expectSame(byGrad![0]!, byBackward![0]!);
    expectSame(byGrad![1]!, byBackward![1]!);
  });
});

describe("the graph", () => {
  test("keeps repeated inputs: x·x has two, and the slope 2x", () => {
    const x = scalar(3);
    expect(x.mul(x).inputs).toHaveLength(2);
    expectSame(evaluate(() => grad(x.mul(x), [x]))[0]!, 6);
  });

  test("tells two leaves of one value apart", () => {
    const [a, b] = [scalar(3), scalar(3)];
    const product = a.mul(b);
    expect(topology([product]).nodes).toHaveLength(3);
    const [da, db] = evaluate(() => grad(a.mul(b).add(a), [a, b]));
    expectSame(da!, 4);
    expectSame(db!, 3);
  });

  test("visits a node of a diamond once, after all who use it", () => {
    const diamonds = (x: Operand) => {
      let y = x.mul(1);
      for (let i = 0; i < 60; i++) y = y.add(y);
      return y;
    };
    expect(topology([diamonds(scalar(1))]).nodes).toHaveLength(63);
    expectSame(evaluate(grad(diamonds), float64(1)), 2 ** 60);
  });

  test("is as deep as it likes: a chain of 100,000", () => {
    const depth = 100_000;
    const chain = (x: Operand): Tensor => {
      let y = x.asTensor();
      for (let i = 0; i < depth; i++) y = y.add(x);
      return y;
    };
    expectSame(evaluate(grad(chain), float64(1)), depth + 1);
    const x = scalar(1);
    const record = chain(x).backward();
    expectSame(x.grad!, depth + 1);
    expect(record.steps()).toHaveLength(depth);
    expect(printGraph(chain(x)).split("\n")).toHaveLength(depth + 1);
  });
});

describe("grad", () => {
  const f = (x: Operand, y: Operand) => x.mul(y).add(x.sin()).sum();

  test("of a loss, by nodes of its graph and by variables", () => {
    const v = variable([1, 2], { dtype: "float64" });
    const [middle, byVariable] = evaluate(() => {
      const z = v.mul(3);
      return grad(z.mul(z).sum(), [z, v]);
    });
    expectSame(middle!, [6, 12]);
    expectSame(byVariable!, [18, 36]);
  });

  test("of a function, by its first or another argument", () => {
    const [x, y] = [float64([1, 2]), float64([3, 4])];
    expectClose(evaluate(grad(f), x, y), [3 + Math.cos(1), 4 + Math.cos(2)], { rtol: 1e-15 });
    expectSame(evaluate(grad(f, { argument: 1 }), x, y), [1, 2]);
  });

  test("of f(x, x) tells the argument from the other use of the same tensor", () => {
    const x = float64(3);
    const g = (a: Operand, b: Operand) => a.square().mul(b);
    expectSame(
      evaluate((x) => grad(g)(x, x), x),
      18,
    );
    expectSame(
      evaluate((x) => grad(g, { argument: 1 })(x, x), x),
      9,
    );
    expectSame(
      evaluate(
        grad((x: Tensor) => g(x, x)),
        x,
      ),
      27,
    );
  });

  test("by nested arrays and objects, in the same nesting", () => {
    const model = { layers: [{ w: float64([2, 3]), b: null }], scale: float64(4) };
    const loss = ({ layers, scale }: typeof model) => layers[0]!.w.square().sum().mul(scale);
    const gradient = evaluate(grad(loss), model);
    expectSame(gradient.layers[0]!.w, [16, 24]);
    expect(gradient.layers[0]!.b).toBeNull();
    expectSame(gradient.scale, 13);
  });

  test("valueAndGrad returns both", () => {
    const [value, gradient] = evaluate(
      valueAndGrad((x: Tensor) => x.square().sum()),
      float64([3]),
    );
    expectSame(value, 9);
    expectSame(gradient, [6]);
  });

  test("is zeros where the loss does not depend on an input", () => {
    const [x, y] = [float64([1, 2]), float64([[5]])];
    const gradients = evaluate((x, y) => grad(x.sum(), [x, y]), x, y);
    expectSame(gradients[1]!, [[0]]);
  });

  test("by a variable sums over all leaves it had", () => {
    const w = scalar(3);
    const [total] = evaluate(() => {
      w.assign(3);
      const first = w.square();
      w.assign(5);
      return grad(first.add(w.square()), [w]);
    });
    expectSame(total!, 16);
  });

  test("is a graph itself, which backward can differentiate", () => {
    const x = scalar(2);
    const gradient = evaluate(() => {
      grad(x.pow(3), [x])[0]!.backward();
      return x.grad;
    });
    expectSame(gradient!, 12);
  });

  test("runs its rules in the scope of what they differentiate", () => {
    const x = scalar(2);
    const y = scope("layer", () => x.square());
    const [gradient] = grad(y.mul(3), [x]);
    expect(gradient!.inputs.map((contribution) => contribution.scope.path)).toEqual([
      "layer",
      "layer",
    ]);
  });

  test("refuses what is no scalar, no argument, no tensor", () => {
    const x = float64([1, 2]);
    expect(errorOf(() => grad(x, [x]))).toMatchObject({
      name: "GradientError",
      shapes: [[2]],
      message: expect.stringContaining("only of a scalar"),
      fix: expect.stringContaining("sum()"),
    });
    const f = (x: Tensor) => x.sum();
    expect(errorOf(() => grad(f, { argument: 1 as 0 })(x))).toMatchObject({ name: "ValueError" });
    expect(errorOf(() => grad(f, { argument: 0.5 as 0 })(x))).toMatchObject({ name: "ValueError" });
    expect(errorOf(() => grad(f)(3 as never))).toMatchObject({ name: "ValueError" });
    expect(errorOf(() => grad((x: Tensor) => x.sum().item() as never)(x))).toMatchObject({
      name: "ValueError",
      op: "grad",
      message: expect.stringContaining("number"),
    });
  });
});

describe("higher derivatives", () => {
  const nth = (f: (x: Tensor) => Tensor, n: number): ((x: Tensor) => Tensor) =>
    n === 0 ? f : nth(grad(f) as (x: Tensor) => Tensor, n - 1);
  const x = 0.7;
  const [t, s] = [Math.tanh(x), 1 / (1 + Math.exp(-x))];

  test.each<[string, (x: Tensor) => Tensor, number[]]>([
    ["sin", (x) => x.sin(), [Math.cos(x), -Math.sin(x), -Math.cos(x), Math.sin(x)]],
    ["exp", (x) => x.exp(), [1, 1, 1, 1].map(() => Math.exp(x))],
    ["log", (x) => x.log(), [1 / x, -1 / x ** 2, 2 / x ** 3, -6 / x ** 4]],
    ["sqrt", (x) => x.sqrt(), [0.5 * x ** -0.5, -0.25 * x ** -1.5, 0.375 * x ** -2.5]],
    ["tanh", (x) => x.tanh(), [1 - t ** 2, -2 * t * (1 - t ** 2), (1 - t ** 2) * (6 * t ** 2 - 2)]],
    ["sigmoid", (x) => x.sigmoid(), [s * (1 - s), s * (1 - s) * (1 - 2 * s)]],
    ["softplus", (x) => x.softplus(), [s, s * (1 - s), s * (1 - s) * (1 - 2 * s)]],
    ["pow", (x) => x.pow(4), [4 * x ** 3, 12 * x ** 2, 24 * x, 24, 0]],
    ["1 / x", (x) => x.pow(-1), [-(x ** -2), 2 * x ** -3, -6 * x ** -4]],
  ])("of %s", (_, f, derivatives) => {
    for (const [i, expected] of derivatives.entries()) {
      expectClose(evaluate(nth(f, i + 1), float64(x)), expected, { rtol: 1e-13, atol: 1e-14 });
    }
  });

  test("of polynomials at 0, where powers are flat", () => {
    const cube = (x: Tensor) => x.pow(3);
    expect([1, 2, 3, 4].map((n) => evaluate(nth(cube, n), float64(0)).item())).toEqual([
      0, 0, 6, 0,
    ]);
  });

  test("of a power by both its base and its exponent, where the exponent is 0", () => {
    const mixed = (a: Tensor, b: Tensor) =>
      grad(grad((b: Tensor) => a.pow(b)))(b).mul(a.mul(0).add(1));
    expectClose(evaluate(mixed, float64(2), float64(0)), Math.log(2) ** 2, { rtol: 1e-14 });
    const cross = (a: Tensor, b: Tensor) =>
      grad((b: Tensor) => grad((a: Tensor) => a.pow(b))(a))(b);
    expectClose(evaluate(cross, float64(2), float64(0)), 0.5, { rtol: 1e-14 });
  });
});
