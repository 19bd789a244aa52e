import { describe, expect, test } from "vitest";
import {
  bernoulli,
  checkpoint,
  key,
  normal,
  permutation,
  scalar,
  scan,
  split,
  stack,
  type Tensor,
  uniform,
  variable,
  vmap,
} from "../../src/index.js";
import { expectClose, expectSame } from "../support/close.js";
import { evaluate } from "../support/evaluate.js";
import { expectError } from "../support/expect-error.js";
import { looped, xs } from "../support/lane-by-lane.js";
import { float64 } from "../support/values.js";

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
