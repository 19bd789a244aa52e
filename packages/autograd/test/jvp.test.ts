import { describe, expect, test } from "vitest";
import {
  checkpoint,
  grad,
  jvp,
  noGrad,
  scan,
  type Tensor,
  tensor,
  variable,
  vjp,
  vmap,
} from "../src/index.js";
import { expectClose, expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { expectError } from "./support/expect-error.js";
import { float64, int32 } from "./support/values.js";

const x = float64([0.3, -0.7, 1.1]);
const t = float64([1, 0.5, -2]);
const matrix = float64([
  [0.2, -0.4, 0.1],
  [0.7, 0.3, -0.6],
]);

type OfOne = (x: Tensor) => Tensor;

/** jvp of a function of one tensor, on the executor of this run. */
function pushed(f: OfOne, x: Tensor, t: Tensor): readonly [value: Tensor, tangent: Tensor] {
  return evaluate((x: Tensor, t: Tensor) => jvp(f, [x], [t]), x, t);
}

/** (f(x + h·t) − f(x − h·t)) / 2h: what a tangent has to be, without any derivative rule. */
function directional(f: (x: Tensor) => Tensor, at: Tensor, along: Tensor): Tensor {
  const h = 1e-6;
  return f(at.add(along.mul(h)))
    .sub(f(at.sub(along.mul(h))))
    .div(2 * h);
}

describe("jvp against a directional difference, of", () => {
  test.each<[string, (x: Tensor) => Tensor]>([
    ["a function element by element", (x) => x.sin().mul(x.exp())],
    ["a reduction", (x) => x.softmax().square().sum()],
    ["a linear map, which the tangent goes through", (x) => matrix.matmul(x)],
    [
      "shapes and indices",
      (x) =>
        x
          .flip()
          .pad([[1, 2]])
          .gather(int32([0, 3, 3, 1, 2, 0]), 0),
    ],
    ["a maximum", (x) => x.max().add(x.relu().sum())],
    ["another derivative", (x) => grad((x: Tensor) => x.tanh().sum())(x)],
    ["a loop", (x) => scan((c: Tensor, y: Tensor) => [c.mul(y).tanh(), c], float64(0.4), x)[1]],
    ["a checkpoint", (x) => checkpoint((x: Tensor) => x.tanh().mul(x))(x)],
    ["lanes", (x) => vmap((y: Tensor) => y.mul(x).sum())(x)],
    ["a constant beside it", (x) => x.mul(matrix.sum(0))],
  ])("%s", (_, f) => {
    const [value, tangent] = pushed(f, x, t);
    expectSame(value, f(x));
    expectClose(tangent, directional(f, x, t).add(0), { rtol: 1e-8, atol: 1e-9 });
  });
});

describe("jvp", () => {
  test("of closed forms, to the last places", () => {
    const [value, tangent] = pushed((x) => x.square(), x, t);
    expectSame(value, x.square());
    expectClose(tangent, x.mul(t).mul(2), { rtol: 1e-15 });
  });

  test("of several nested arguments and results, in the same nesting", () => {
    const f = ({ w, b }: { w: Tensor; b: Tensor | null }, x: readonly [Tensor]) => ({
      y: w.mul(x[0]),
      none: b,
      total: [w.sum()],
    });
    const [value, tangent] = evaluate(
      (w, x) => jvp(f, [{ w, b: null }, [x]], [{ w: t, b: null }, [x]] as never),
      float64([1, 2, 3]),
      x,
    );
    expectClose(tangent.y, value.y.add(t.mul(x)), { rtol: 1e-14 });
    expect(tangent.none).toBeNull();
    expectClose(tangent.total[0]!, -0.5, { rtol: 1e-14 });
  });

  test("is the transpose of vjp: ⟨ȳ, J·t⟩ = ⟨x̄, t⟩", () => {
    const f = (x: Tensor) => matrix.matmul(x).tanh();
    const g = float64([0.7, -1.3]);
    const [, tangent] = pushed(f, x, t);
    const [dx] = vjp(f, x)[1](g);
    expectClose(tangent.dot(g), dx.dot(t), { rtol: 1e-14 });
  });

  test("of a result that does not depend on the input is zeros, of nothing is nothing", () => {
    const [, tangent] = pushed(() => float64([1, 2]), x, t);
    expectSame(tangent, [0, 0]);
    const [, none] = pushed((x) => x.exp(), float64([]), float64([]));
    expectSame(none, []);
  });

  test("is recorded, and differentiates again: forward over reverse is a Hessian product", () => {
    const f = (x: Tensor) => x.pow(3).sum();
    const [, product] = pushed(grad(f), x, t);
    expectClose(product, x.mul(t).mul(6), { rtol: 1e-13, atol: 1e-14 });
    const third = evaluate(
      grad((x: Tensor) => jvp(grad(f), [x], [t])[1].sum()),
      x,
    );
    expectClose(third, t.mul(6), { rtol: 1e-13, atol: 1e-14 });
  });

  test("maps over lanes", () => {
    const basis = float64([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    const columns = evaluate(
      (basis: Tensor) =>
        vmap((t: Tensor) => jvp((x: Tensor) => matrix.matmul(x), [x], [t])[1])(basis),
      basis,
    );
    expectClose(columns.transpose(), matrix, { rtol: 1e-15 });
  });

  test("takes variables, and under noGrad holds on to no graph", () => {
    const v = variable([1, 2], { dtype: "float64" });
    const [value, tangent] = noGrad(() =>
      jvp((x: Tensor) => x.square(), [v as never], [float64([1, 1])]),
    );
    expectSame(tangent, [2, 4]);
    expect([...value.inputs, ...tangent.inputs].filter(({ inputs }) => inputs.length > 0)).toEqual(
      [],
    );
  });
});

describe("jvp refuses", () => {
  // Of calls that are wrong the compiler infers too much.
  const loose = jvp as unknown as (f: unknown, x: unknown, t: unknown) => unknown;
  const push = (x: Tensor, t: Tensor) => loose((x: Tensor) => x.square(), [x], [t]);

  test.each<[string, () => unknown, object, string[]]>([
    [
      "too few tangents",
      () => loose((x: Tensor, y: Tensor) => x.mul(y), [x, x], [t]),
      { name: "ShapeError" },
      ["1 tangents for 2 inputs"],
    ],
    [
      "another shape",
      () => push(x, float64([1])),
      { name: "ShapeError", shapes: [[1], [3]] },
      ["tangent 0 is float64 [1], its input is float64 [3]", "give a tangent of float64 [3]"],
    ],
    ["another dtype", () => push(x, tensor([1, 2, 3])), {}, ["float32 [3]", "float64 [3]"]],
    [
      "an integer argument",
      () => push(int32([1]), int32([1])),
      { name: "DTypeError" },
      ["input 0 is int32", "cast"],
    ],
    [
      "an integer result",
      () => loose((x: Tensor) => [x, x.argmax()], [x], [t]),
      { name: "DTypeError" },
      ["result 1 is int32", "leave it out"],
    ],
  ])("%s", (_, run, facts, says) => {
    expectError(() => evaluate(() => run() as Tensor), { op: "jvp", ...facts }, ...says);
  });
});
