import { describe, test } from "vitest";
import { checkpoint, concat, grad, scan, type Tensor, vmap } from "../../src/index.js";
import { expectClose } from "../support/close.js";
import { evaluate } from "../support/evaluate.js";
import { looped, w, xs, ys } from "../support/lane-by-lane.js";
import { int32 } from "../support/values.js";

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
