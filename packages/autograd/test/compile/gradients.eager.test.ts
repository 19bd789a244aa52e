import { describe, expect, test } from "vitest";
import {
  compile,
  deserialize,
  grad,
  hessian,
  type Key,
  key,
  noGrad,
  normal,
  scalar,
  serialize,
  split,
  type Tensor,
  variable,
  vmap,
} from "../../src/index.js";
import { expectSame } from "../support/close.js";
import { expectError } from "../support/expect-error.js";
import { float64 } from "../support/values.js";

const x = float64([1, 2]);
const w = variable([0.5, -0.25], { dtype: "float64", label: "w" });
const f = (x: Tensor) => x.mul(w).tanh().sum();
const compiled = compile(f) as (x: Tensor) => Tensor;

describe("eager gradients go through a compiled function that only reads:", () => {
  test("by its arguments", () => {
    expectSame(grad(compiled)(x), grad(f)(x).toArray());
    expectSame(hessian(compiled)(x), hessian(f)(x).toArray());
  });

  test("by the variables that it reads, at the values that it read", () => {
    const [loss, same] = [compiled(x).square(), f(x).square()];
    w.assign([9, 9]);
    const [expected] = grad(same, [w]);
    loss.backward();
    expectSame(w.grad!, expected!.toArray());
    w.zeroGrad();
    w.assign([0.5, -0.25]);
  });

  test("by some of several results, among them one that needs none", () => {
    const parts = compile((x: Tensor) => ({ y: x.square(), rest: x.exp(), most: x.argmax(0) }));
    const loss = (x: Tensor) => {
      const { y, most } = parts(x) as { y: Tensor; most: Tensor };
      return y.indexSelect(most.reshape([1]), 0).sum();
    };
    expectSame(grad(loss)(x), [0, 4]);
  });

  test("lane by lane", () => {
    const rows = float64([
      [1, 2],
      [3, 4],
    ]);
    const [own, all] = [vmap(grad(f))(rows), vmap(grad(compiled))(rows)] as [Tensor, Tensor];
    expectSame(all, own.toArray());
  });

  test("with a random key that the function splits and assigns", () => {
    const state = variable(key(1) as Tensor);
    const noisy = compile((x: Tensor) => {
      const [next, own] = split(state.leaf as Key);
      state.assign(next!);
      return x.mul(normal(own!, [2], { dtype: "float64" })).sum();
    }) as (x: Tensor) => Tensor;
    const before = state.toArray();
    const [first, second] = [grad(noisy)(x), grad(noisy)(x)];
    expect(state.toArray()).not.toEqual(before);
    expect(first.toArray()).not.toEqual(second.toArray());
  });

  test("after the graph was saved", () => {
    const loss = compiled(x).square();
    const [again] = deserialize(serialize([loss])) as unknown as [Tensor];
    expectSame(again, loss.toArray());
  });
});

describe("a compiled function records nothing", () => {
  test("under noGrad, or where no gradient can be asked for", () => {
    expect(noGrad(() => compiled(x)).inputs).toEqual([]);
    const plain = compile((x: Tensor) => x.mul(2)) as (x: Tensor) => Tensor;
    expect(plain(x).inputs).toEqual([]);
    expect(plain(plain(x)).inputs).toEqual([]);
  });
});

describe("a step that assigns floating-point variables", () => {
  const v = scalar(2, { label: "v" });
  const step = compile(() => {
    const loss = v.square();
    v.zeroGrad();
    loss.backward();
    v.assign(v.sub(v.grad!.mul(0.1)));
    return loss;
  }) as () => Tensor;

  test("says that no gradient goes through its result, and what to do", () => {
    const u = scalar(3);
    const facts = { name: "GradientError", op: "compile" };
    expectError(() => step().backward(), facts, "a gradient by v is asked for", "assigns");
    const { fix } = expectError(() => step().add(u).backward(), facts);
    expect(fix).toContain("call backward() inside the compiled function");
    expectError(() => grad(step(), [v]), facts);
  });

  test("gives a constant if that is what is asked for", () => {
    const u = scalar(3);
    step().stopGradient().mul(u.square()).backward();
    expect(u.grad!.item()).toBeGreaterThan(0);
  });
});
