import { describe, expect, test } from "vitest";
import { grad, hessian, hvp, jacobian, scan, type Tensor, variable, vmap } from "../src/index.js";
import { expectClose, expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { expectError } from "./support/expect-error.js";
import { float64, int32 } from "./support/values.js";

const x = float64([0.5, -1, 2]);
const matrix = float64([
  [1, 2, 3],
  [-4, 5, 0.5],
]);
const close = { rtol: 1e-13, atol: 1e-13 };

describe("jacobian", () => {
  test("of a linear map is its matrix", () => {
    expectSame(
      evaluate(
        jacobian((x: Tensor) => matrix.matmul(x)),
        x,
      ),
      matrix,
    );
  });

  test("of a function element by element is diagonal", () => {
    const all = evaluate(
      jacobian((x: Tensor) => x.exp()),
      x,
    );
    expectClose(all, x.exp().diag(), close);
  });

  test("of softmax is diag(p) − p·pᵀ", () => {
    const p = x.softmax();
    const all = evaluate(
      jacobian((x: Tensor) => x.softmax()),
      x,
    );
    expectClose(all, p.diag().sub(p.outer(p)), close);
  });

  test("has the axes of the result, then those of the argument", () => {
    const all = evaluate(
      jacobian((w: Tensor) => w.matmul(x)),
      matrix,
    );
    expect(all.shape).toEqual([2, 2, 3]);
    expectSame(all.slice(0, 0), x);
    expectSame(all.slice(0, 1), [0, 0, 0]);
  });

  test("of a scalar is the gradient, by a scalar the slopes", () => {
    const f = (x: Tensor) => x.square().sum();
    expectSame(evaluate(jacobian(f), x), grad(f)(x));
    expectSame(
      evaluate(
        jacobian((a: Tensor) => x.mul(a)),
        float64(2),
      ),
      x,
    );
  });

  test("of trees: for each result what there is for each argument", () => {
    const f = ({ a, rest }: { a: Tensor; rest: readonly Tensor[] }) => [
      a.mul(rest[0]!),
      { none: null, sum: a.sum() },
    ];
    const all = evaluate(jacobian(f as never), { a: x, rest: [float64(3)] } as never) as never;
    const [first, second] = all as [
      { a: Tensor; rest: Tensor[] },
      { none: null; sum: { a: Tensor; rest: Tensor[] } },
    ];
    expectSame(first.a, [
      [3, 0, 0],
      [0, 3, 0],
      [0, 0, 3],
    ]);
    expectSame(first.rest[0]!, x);
    expect(second.none).toBeNull();
    expectSame(second.sum.a, [1, 1, 1]);
    expectSame(second.sum.rest[0]!, 0);
  });

  test("of nothing, and by nothing, has no elements", () => {
    expect(
      evaluate(
        jacobian((x: Tensor) => x.exp()),
        float64([]),
      ).shape,
    ).toEqual([0, 0]);
    expect(
      evaluate(
        jacobian((x: Tensor) => x.slice([0, 0])),
        x,
      ).shape,
    ).toEqual([0, 3]);
    expect(
      evaluate(
        jacobian((x: Tensor) => x.sum().add(float64([1, 2]))),
        float64([[], []]),
      ).shape,
    ).toEqual([2, 2, 0]);
  });

  test("by a variable", () => {
    const v = variable([1, 2], { dtype: "float64" });
    const all = evaluate(() => jacobian((x: Tensor) => x.square())(v as never));
    expectSame(all, [
      [2, 0],
      [0, 4],
    ]);
  });

  test("maps over lanes, and over a loop", () => {
    const f = (x: Tensor) =>
      scan((c: Tensor, y: Tensor) => [c.add(y.square()), c], float64(0), x)[1];
    const expected = [
      [0, 0, 0],
      [1, 0, 0],
      [1, -2, 0],
    ];
    expectClose(evaluate(jacobian(f), x), expected);
    const lanes = evaluate(
      vmap(jacobian(f)),
      float64([
        [0.5, -1, 2],
        [1, 1, 1],
      ]),
    );
    expectClose(lanes.slice(0), expected);
    expectSame(lanes.slice(1), jacobian(f)(float64([1, 1, 1])));
  });

  test("refuses an integer argument", () => {
    expectError(
      () => jacobian((x: Tensor) => x.cast("float64"))(int32([1])),
      { name: "DTypeError" },
      "input 0 is int32",
      "cast",
    );
  });
});

describe("hessian", () => {
  test("of a quadratic form is A + Aᵀ", () => {
    const a = float64([
      [1, 2, 0],
      [-3, 4, 1],
      [0.5, 0, 2],
    ]);
    const f = (x: Tensor) => a.matmul(x).dot(x);
    expectClose(evaluate(hessian(f), x), a.add(a.transpose()), close);
  });

  test("of the log-sum-exp is diag(p) − p·pᵀ", () => {
    const p = x.softmax();
    const all = evaluate(
      hessian((x: Tensor) => x.logSumExp()),
      x,
    );
    expectClose(all, p.diag().sub(p.outer(p)), close);
  });

  test("of Rosenbrock's valley", () => {
    const f = (x: Tensor) => {
      const [a, b] = [x.slice(0), x.slice(1)];
      return a.neg().add(1).square().add(b.sub(a.square()).square().mul(100));
    };
    const [a, b] = [-1.2, 1];
    expectClose(
      evaluate(hessian(f), float64([a, b])),
      [
        [1200 * a * a - 400 * b + 2, -400 * a],
        [-400 * a, 200],
      ],
      { rtol: 1e-13 },
    );
  });

  test("of a tree has a block for each pair", () => {
    const f = ({ a, b }: { a: Tensor; b: Tensor }) => a.mul(b).sum().add(b.pow(3).sum());
    const blocks = evaluate(hessian(f), { a: x, b: float64(2) });
    expectSame(blocks.a.a, float64([0, 0, 0]).diag());
    expectSame(blocks.a.b, [1, 1, 1]);
    expectSame(blocks.b.a, [1, 1, 1]);
    expectClose(blocks.b.b, 12, close);
  });

  test("of a linear function is zeros", () => {
    expectSame(
      evaluate(
        hessian((x: Tensor) => x.sum()),
        x,
      ),
      float64([0, 0, 0]).diag(),
    );
  });

  test("refuses what is no scalar", () => {
    expectError(
      () => hessian((x: Tensor) => x.square())(x),
      { op: "hessian", shapes: [[3]] },
      "scalar",
    );
  });
});

describe("hvp", () => {
  const f = (x: Tensor) => x.softmax().square().sum();
  const v = float64([1, -2, 0.5]);

  test("is the Hessian times the vector", () => {
    const product = evaluate((x, v) => hvp(f, x, v), x, v);
    expectClose(product, hessian(f)(x).matmul(v), close);
  });

  test("of a tree", () => {
    const g = ({ a, b }: { a: Tensor; b: Tensor }) => a.mul(b).sum().add(a.pow(3).sum());
    const point = { a: float64([1, 2]), b: float64([3, 4]) };
    const product = evaluate(
      (a, b) => {
        const v = { a: float64([1, 0]), b: float64([0, 1]) };
        return hvp<{ a: Tensor; b: Tensor }>(g, { a, b }, v) as { a: Tensor; b: Tensor };
      },
      point.a,
      point.b,
    );
    expectClose(product.a, [6, 1], close);
    expectClose(product.b, [1, 0], close);
  });

  test("maps over lanes: all columns of the Hessian", () => {
    const basis = float64([1, 1, 1]).diag();
    const columns = evaluate(
      vmap((v: Tensor) => hvp(f, x, v)),
      basis,
    );
    expectClose(columns, hessian(f)(x), close);
  });

  test("refuses a vector of another number or shape", () => {
    const tree = (x: { a: Tensor }) => x.a.sum();
    expectError(() => hvp(tree, { a: x }, {} as never), { op: "hvp" }, "0 vectors for 1 arguments");
    expectError(() => hvp(f, x, float64([1, 2])), { op: "hvp", shapes: [[2], [3]] }, "vector 0");
  });
});
