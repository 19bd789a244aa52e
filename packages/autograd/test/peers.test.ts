import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as neurite from "../src/index.js";
import { grad, type Operand, scalar, type Tensor, tensor } from "../src/index.js";
import { errorOf } from "./support/checks.js";
import { type Expected, expectClose, expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { float64, inf, int32 } from "./support/values.js";

// What other libraries got wrong when they were measured, and what is right. One machine (Node
// 20.20.2, November 2026) and one version of each.

type OfOne = (x: Tensor) => Operand;

const gradientAt = (f: OfOne, x: Tensor): Tensor =>
  evaluate(
    grad((x: Tensor) => f(x).asTensor().sum()),
    x,
  );

const expectGradient = (f: OfOne, x: Tensor, slope: Expected) =>
  expectSame(gradientAt(f, x), slope);

/** The diagonal of the second derivative, of functions that work element by element or in rows. */
const secondAt = (f: OfOne, x: Tensor): Tensor =>
  evaluate(
    grad((x: Tensor) => grad((x: Tensor) => f(x).asTensor().square().sum())(x).sum()),
    x,
  );

describe("not as in tfjs 4.22.0, where", () => {
  test.each<[string, OfOne]>([
    ["tanh", (x) => x.tanh()],
    ["sigmoid", (x) => x.sigmoid()],
    ["exp", (x) => x.exp()],
    ["elu", (x) => x.gt(0).where(x, x.minimum(0).exp().sub(1))],
    ["softmax", (x) => x.softmax()],
    ["logSoftmax", (x) => x.logSoftmax()],
    ["max", (x) => x.max()],
    ["logSumExp", (x) => x.logSumExp()],
  ])("the second derivative of %s throws", (_, f) => {
    const x = float64([-1.5, 0.25, 2]);
    const found = secondAt(f, x).toTypedArray();
    const h = 1e-5;
    const first = (by: number) =>
      gradientAt((own) => f(own).square(), x.add(by)).toTypedArray() as Float64Array;
    const [above, below] = [first(h), first(-h)];
    expectClose(
      float64(found),
      [...above].map((g, i) => (g - below[i]!) / (2 * h)),
      { rtol: 1e-8, atol: 1e-8 },
    );
  });

  test("the gradient of x⁰ at 0 is NaN, and that of the norm at the origin", () => {
    expectGradient((x) => x.pow(0), float64([0, 2]), [0, 0]);
    expectGradient((x) => x.norm(), float64([0, 0]), [0, 0]);
  });

  test("two tied maxima get 1 each from max, 1 and 0 from maximum", () => {
    expectGradient((x) => x.max(), float64([3, 1, 3]), [0.5, 0, 0.5]);
    const [da, db] = evaluate(
      (a: Tensor, b: Tensor) => {
        const [x, y] = [a.alias(), b.alias()];
        return grad(x.maximum(y), [x, y]);
      },
      float64(2),
      float64(2),
    );
    expectSame(da!, 0.5);
    expectSame(db!, 0.5);
  });

  test("the gradient of a vector is that of its sum, and nobody says so", () => {
    const wrong = errorOf(() =>
      evaluate(
        grad((x: Tensor) => x.square()),
        float64([1, 2, 3]),
      ),
    );
    expect(wrong).toMatchObject({
      name: "GradientError",
      message: expect.stringMatching(/shape \[3\]: only of a scalar/),
      fix: expect.stringContaining("sum()"),
    });
  });

  test("tensors stay until they are disposed of or tidied up", () => {
    const names = [...Object.keys(neurite), ...Object.keys(Object.getPrototypeOf(tensor(0)))];
    for (const name of ["dispose", "tidy", "keep", "ref", "free"]) {
      expect(names).not.toContain(name);
      expect(name in tensor(0)).toBe(false);
      expect(name in scalar(0)).toBe(false);
    }
  });

  test("a ragged literal passes, and so do fewer values than the shape says", () => {
    expect(errorOf(() => tensor([[1, 2], [3]]))).toMatchObject({
      name: "ShapeError",
      message: expect.stringContaining("row [1] has length 1, not 2"),
    });
    expect(errorOf(() => tensor([1, 2, 3], { shape: [2, 2] }))).toMatchObject({
      name: "ShapeError",
      message: expect.stringContaining("3 values do not fill shape [2, 2]"),
    });
  });

  test("the mean of nothing is 0 and its maximum NaN", () => {
    expectSame(
      evaluate((x: Tensor) => x.mean(), float64([])),
      Number.NaN,
    );
    const wrong = errorOf(() => evaluate((x: Tensor) => x.max(1), float64([[], []])));
    expect(wrong).toMatchObject({ name: "ShapeError", op: "max", shapes: [[2, 0]], axis: 1 });
  });
});

describe("not as in jax-js 0.1.25, where", () => {
  // It took another way for one element than for more, and in vectors than in what is left over.
  test.each([1, 4, 5])("softplus is infinite at large inputs, its gradient NaN: %d", (count) => {
    for (const dtype of ["float32", "float64"] as const) {
      const x = tensor(new Array<number>(count).fill(1000), { dtype });
      expectSame(
        evaluate((x: Tensor) => x.softplus(), x),
        x,
      );
      expectGradient((x) => x.softplus(), x, x.constantLike(1));
    }
  });

  test.each([1, 4, 5])("the gradient of sigmoid at large negative input is NaN: %d", (count) => {
    for (const dtype of ["float32", "float64"] as const) {
      const x = tensor(new Array<number>(count).fill(-1000), { dtype });
      expectGradient((x) => x.sigmoid(), x, x.constantLike(0));
    }
  });

  test("the gradient of an integer power at 0 is NaN", () => {
    for (const [power, slope] of [
      [0, 0],
      [1, 1],
      [2, 0],
      [3, 0],
    ] as const) {
      expectGradient((x) => x.pow(power), float64([0]), [slope]);
    }
  });

  test("the gradient of a product with a zero is NaN there", () => {
    expectGradient((x) => x.prod(), float64([2, 0, 3]), [0, 6, 0]);
    expectGradient((x) => x.prod(), float64([2, 0, 0]), [0, 0, 0]);
  });

  test("a long float32 sum of equal terms is 0.96 % too large", () => {
    const count = 2 ** 22;
    const term = Math.fround(0.1);
    const total = evaluate((x: Tensor) => x.sum(), tensor(new Float32Array(count).fill(0.1)));
    const bound = 64 * 2 ** -24 * count * term;
    expect(Math.abs(total.item() - count * term)).toBeLessThanOrEqual(bound);
  });

  // The values are mpmath's, at exactly the float64 that the argument is.
  test.each<[string, OfOne, readonly (readonly [x: number, y: number])[]]>([
    [
      "tanh is 3e-6 off",
      (x) => x.tanh(),
      [
        [1e-8, 1e-8],
        [0.1, 0.09966799462495582],
        [0.5, 0.46211715726000974],
        [2.5, 0.9866142981514303],
      ],
    ],
    [
      "sin of a large argument is 5e-2 off",
      (x) => x.sin(),
      [
        [100, -0.5063656411097588],
        [1e6, -0.34999350217129294],
        [1e15, 0.8582727931702359],
        [1e22, -0.8522008497671888],
      ],
    ],
    [
      "exp overflows below 709",
      (x) => x.exp(),
      [
        [100, 2.6881171418161356e43],
        [700, 1.0142320547350045e304],
        [709, 8.218407461554972e307],
        [-700, 9.85967654375977e-305],
      ],
    ],
  ])("float64 %s", (_, f, points) => {
    const x = float64(points.map(([x]) => x));
    expectClose(
      evaluate(f, x),
      points.map(([, y]) => y),
      { rtol: 1e-15 },
    );
  });

  test("gather beyond the end reads something else", () => {
    const run = () =>
      evaluate(
        (x: Tensor, index: Tensor) => x.gather(index, 0),
        float64([1, 2, 3]),
        int32([0, 3]),
      ).toArray();
    expect(errorOf(run)).toMatchObject({
      name: "IndexError",
      message: expect.stringContaining("gather: index 3 at position 1 is outside 0 to 2"),
    });
  });

  test("the maximum of nothing is −Infinity, its mean an error", () => {
    const nothing = float64([]);
    const wrong = errorOf(() => evaluate((x: Tensor) => x.max(), nothing));
    expect(wrong).toMatchObject({ name: "ShapeError", op: "max", shapes: [[0]] });
    expectSame(
      evaluate((x: Tensor) => x.mean(), nothing),
      Number.NaN,
    );
  });

  test("the gradient through 20,000 nodes overflows the stack", () => {
    expectClose(gradientAt(chain, float64([1])), [slopeOfChain], { rtol: 1e-9 });
  }, 60_000);

  test("float64 needs Float16Array, which Node 20 has not", () => {
    expect(process.version.startsWith("v20.") && "Float16Array" in globalThis).toBe(false);
    const x = evaluate((x: Tensor) => x.div(3), tensor(Float64Array.of(1)));
    expect(x.dtype).toBe("float64");
    expect(x.item()).toBe(0.3333333333333333);
  });
});

const depth = 100_000;
const chain = (x: Tensor): Tensor => {
  let y = x;
  for (let i = 0; i < depth; i++) y = y.mul(1 + 1e-5);
  return y;
};
const slopeOfChain = (1 + 1e-5) ** depth;

describe("not as in js-pytorch 0.7.2, where", () => {
  test("the softmax of large logits is NaN", () => {
    const logits = float64([
      [1000, 999, -1000],
      [-2000, -2000, -2000],
    ]);
    const [p, q] = [1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(1))];
    const expected = [
      [p, q, 0],
      [1 / 3, 1 / 3, 1 / 3],
    ];
    expectClose(
      evaluate((x: Tensor) => x.softmax(), logits),
      expected,
      { rtol: 1e-14 },
    );
    const slope = gradientAt((x) => x.softmax().slice(null, 0), logits);
    const third = [2 / 9, -1 / 9, -1 / 9];
    expectClose(slope, [[p * q, -p * q, 0], third], { rtol: 1e-12, atol: 1e-16 });
  });

  test("the install compiles a native dependency", () => {
    const read = readFileSync(new URL("../package.json", import.meta.url), "utf8");
    const manifest: Record<string, object | undefined> = JSON.parse(read);
    expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
    expect(Object.keys(manifest.scripts ?? {})).toEqual([]);
  });
});

describe("not as in micrograd-ts, its algorithm retyped, where", () => {
  test("10,000 nodes overflow the stack of its recursion", () => {
    const x = scalar(1);
    const loss = chain(x.asTensor());
    loss.backward();
    expectClose(x.grad!, slopeOfChain, { rtol: 1e-9 });
    expect(loss.item()).toBeLessThan(inf);
  });
});
