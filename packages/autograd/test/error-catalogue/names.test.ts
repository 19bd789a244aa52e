import { describe, test } from "vitest";
import {
  arange,
  asTensor,
  avgPool1d,
  bernoulli,
  checkpoint,
  concat,
  conv1d,
  conv2d,
  convTranspose1d,
  customVjp,
  detectAnomaly,
  einsum,
  foldIn,
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  linearRecurrence,
  maxPool2d,
  normal,
  permutation,
  replay,
  scalar,
  scan,
  split,
  stack,
  type Tensor,
  tensor,
  trace,
  uniform,
  valueAndGrad,
  variable,
  vjp,
  vmap,
} from "../../src/index.js";
import { untyped } from "../support/catalogue.js";
import { evaluate } from "../support/evaluate.js";
import { expectError } from "../support/expect-error.js";
import { float64, int32 } from "../support/values.js";

// An error names the function that was called, not the primitive inside that noticed.

const x = float64([
  [1, 2],
  [2, 4],
]);
const yes = tensor([true, false]);
const notKey = float64([1]);
const image = int32([[[1, 2, 3]]]);
const beyond = int32([5]);

describe("of a function made of others", () => {
  test.each<[string, () => unknown]>([
    ["square", () => yes.square()],
    ["reciprocal", () => yes.reciprocal()],
    ["clamp", () => x.clamp(float64([1, 2, 3]))],
    ["clamp", () => x.clamp(null, untyped("1"))],
    ["permute", () => x.permute([0, 0])],
    ["diag", () => float64([1]).diag(1e9)],
    ["indexSelect", () => x.indexSelect(beyond, 0)],
    ["indexSelect", () => x.indexSelect(untyped("0"), 0)],
    ["takeAlongAxis", () => x.takeAlongAxis(int32([[5]]), 0)],
    ["takeAlongAxis", () => x.takeAlongAxis(untyped(null), 0)],
    ["trace", () => tensor([[true]]).trace()],
    ["norm", () => x.norm(0, { p: untyped("3") })],
    ["cumsum", () => yes.cumsum(0)],
    ["cumprod", () => yes.cumprod(0)],
    ["linearRecurrence", () => x.linearRecurrence(untyped("1"))],
    ["linearRecurrence", () => linearRecurrence(untyped("1"), x)],
    ["dot", () => yes.dot(yes)],
    ["outer", () => yes.outer(yes)],
    ["matmul", () => yes.matmul(yes)],
    ["inv", () => x.inv()],
    ["einsum", () => einsum("i,i->", yes, yes)],
    ["conv1d", () => conv1d(tensor([[[true, true]]]), tensor([[[true]]]))],
    ["conv2d", () => conv2d(tensor([[[true]]]), tensor([[[[true]]]]))],
    ["convTranspose1d", () => convTranspose1d(tensor([[[true, true]]]), tensor([[[true]]]))],
    ["avgPool1d", () => avgPool1d(image, 2)],
    ["maxPool2d", () => maxPool2d(image, 2)],
    ["arange", () => arange(2, { dtype: untyped("int64") })],
    ["stack", () => stack([untyped("1")])],
    ["concat", () => concat([x, untyped("1")])],
    ["scalar", () => scalar(untyped("1"))],
    ["variable", () => variable([[1], []])],
    ["variable", () => variable(x, { shape: [3] })],
    ["asTensor", () => asTensor(untyped("1"))],
    ["where", () => untyped(yes.where(untyped("1"), 2))],
    ["split", () => split(notKey)],
    ["foldIn", () => foldIn(notKey, 1)],
    ["uniform", () => uniform(notKey, [2])],
    ["normal", () => normal(notKey, [2])],
    ["normal", () => normal(notKey, [-1])],
    ["bernoulli", () => bernoulli(notKey, 0.5, [2])],
    ["permutation", () => permutation(notKey, 2)],
  ])("%s", (op, run) => {
    expectError(run, { op }, `${op}: `);
  });
});

describe("of a transformation", () => {
  const vector = (x: Tensor) => x.mul(2);
  const three = untyped(() => 3);

  test.each<[string, () => unknown]>([
    ["valueAndGrad", () => valueAndGrad(vector)(x)],
    ["valueAndGrad", () => valueAndGrad((x: Tensor) => x.sum())(untyped(1))],
    ["vjp", () => vjp(three, x)],
    ["jvp", () => jvp(three, [x], [x])],
    ["jvp", () => jvp(vector, [untyped(1)], [x])],
    ["jacobian", () => jacobian(three)(x)],
    ["jacobian", () => jacobian((k: Tensor) => k.cast("float64"))(beyond)],
    ["hessian", () => hessian(vector)(x)],
    ["hvp", () => hvp(vector, x, x)],
    ["vmap", () => vmap(three)(x)],
    [
      "scan",
      () =>
        scan(
          untyped(() => [3, null]),
          x,
          x,
        ),
    ],
    [
      "scan",
      () =>
        scan(
          untyped((c: Tensor) => [c, 3]),
          x,
          x,
        ),
    ],
    ["checkpoint", () => checkpoint(three)(x)],
    ["checkpoint", () => checkpoint(vector)(untyped(3))],
    ["trace", () => trace(three, x)],
    ["trace", () => trace(vector, untyped(3))],
    ["half", () => customVjp(three, [null], { name: "half", samples: [[x]] })],
  ])("%s", (op, run) => {
    expectError(run, { op }, `${op}: `);
  });
});

describe("of what failed inside", () => {
  const pick = (index: Tensor) => x.indexSelect(index.reshape([1]), 0).sum();
  const indices = int32([0, 5]);
  const wrong = (x: Tensor) => x.add(float64([1, 2, 3]));

  test.each<[string, () => unknown]>([
    ["a vmap", () => evaluate(vmap(pick), indices)],
    ["a checkpoint", () => evaluate(checkpoint(pick), indices.slice(1))],
    [
      "a loop",
      () => evaluate((k) => scan((c: Tensor, i: Tensor) => [c, pick(i)], x, k)[1], indices),
    ],
    [
      "a loop of lanes",
      () =>
        evaluate(
          (k) =>
            vmap((k: Tensor) => scan((c: Tensor, i: Tensor) => [c, pick(i)], x, k)[1])(
              k.reshape([1, 2]),
            ),
          indices,
        ),
    ],
    ["a graph that is run", () => replay(trace(pick, indices.slice(0)).graph, [indices.slice(1)])],
  ])("%s: the function that was called there", (_, run) => {
    expectError(run, { name: "IndexError", op: "indexSelect" }, "index 5");
  });

  test.each<[string, () => unknown]>([
    ["grad", () => grad((x: Tensor) => wrong(x).sum())(x)],
    ["hessian", () => hessian((x: Tensor) => wrong(x).sum())(x)],
    ["vmap", () => vmap(wrong)(x)],
    ["scan", () => scan((c: Tensor) => [wrong(c), null], x, null, { length: 1 })],
    ["checkpoint", () => checkpoint(wrong)(x)],
  ])("a body of %s: the operation", (_, run) => {
    expectError(run, { name: "ShapeError", op: "add" });
  });

  test("a derivative, recorded within a function and run after it", () => {
    let isBroken = false;
    const shared = customVjp((x: Tensor) => x.mul(1), [({ g }) => (isBroken ? wrong(g) : g)], {
      samples: [[float64([1, 2])]],
    });
    isBroken = true;
    const loss = (x: Tensor) => shared(x.softmax()).clamp(0, 1).norm();
    expectError(() => grad(loss)(float64([1, 2])), { op: "add" });
  });

  test("anomalies: the function, and the operation of which it consists", () => {
    const ends = float64([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    const facts = { name: "AnomalyError", op: "mean" };
    expectError(() => detectAnomaly(() => ends.mean()), facts, "in sum, the result is NaN");
    const small = () =>
      variable([[1e-200]], { dtype: "float64" })
        .inv()
        .sum()
        .backward();
    expectError(
      () => detectAnomaly(small),
      { name: "AnomalyError", op: "inv" },
      "in solve, the gradient by its input 0 is infinite",
    );
  });
});

describe("and no name stays", () => {
  const wrong = () => x.add(float64([1, 2, 3]));

  test("after a function that failed, or one within another", () => {
    expectError(() => normal(notKey, [2]), { op: "normal" });
    expectError(wrong, { op: "add" });
    expectError(() => x.inv(), { op: "inv" });
    float64([3, 1]).std();
    expectError(wrong, { op: "add" });
  });
});
