import { describe, expect, test, vi } from "vitest";
import {
  compile,
  detectAnomaly,
  guarded,
  noGrad,
  scalar,
  type Tensor,
  tensor,
  zeros,
} from "../../src/index.js";
import { untyped } from "../support/catalogue.js";
import { expectSame } from "../support/close.js";
import { expectError } from "../support/expect-error.js";

describe("a function is traced once for each", () => {
  test("shape and dtype", () => {
    const f = compile((x: Tensor) => x.mul(2));
    for (const side of [2, 3, 2, 3]) f(zeros([side]));
    f(zeros([2], { dtype: "float64" }));
    expect(f.traces).toBe(3);
  });

  test("nesting of its arguments, whose results follow it", () => {
    const f = compile((x: { a: Tensor; b?: Tensor }) => ({ first: x.a, all: [x] }));
    const [a, b] = [tensor(1), tensor(2)];
    expectSame((f({ a, b }) as { first: Tensor }).first, 1);
    expectSame((f({ b, a }) as { first: Tensor }).first, 1);
    expectSame((f({ a }) as { first: Tensor }).first, 1);
    expect(f.traces).toBe(3);
    const g = compile(untyped((x: Tensor, y = tensor(5)) => x.add(y ?? 7)) as () => Tensor);
    const call = g as unknown as (...x: unknown[]) => Tensor;
    expectSame(call(a), 6);
    expectSame(call(a, undefined), 6);
    expectSame(call(a, null), 8);
    expectSame(call(a, b), 3);
  });

  test("static value", () => {
    const mode = { value: "train" };
    const f = compile((x: Tensor) => (guarded(mode) === "train" ? x.mul(2) : x));
    expectSame(f(tensor(3)), 6);
    mode.value = "evaluate";
    expectSame(f(tensor(3)), 3);
    mode.value = "train";
    expectSame(f(tensor(4)), 8);
    expect(f.traces).toBe(2);
  });
});

describe("whether a gradient is null", () => {
  const trained = (zero: "before" | "after" | "never") => {
    const a = scalar(2);
    const step = compile(() => {
      if (zero === "before") a.zeroGrad();
      a.square().backward();
      if (zero === "after") a.zeroGrad();
    });
    for (let i = 0; i < 4; i++) step();
    return { traces: step.traces, grad: a.grad };
  };

  test("is one thing if it is zeroed before or after", () => {
    const [before, after] = [trained("before"), trained("after")];
    expect([before.traces, after.traces]).toEqual([1, 1]);
    expectSame(before.grad!, 4);
    expect(after.grad).toBeNull();
  });

  test("is another at the second call if gradients add up", () => {
    const { traces, grad } = trained("never");
    expect(traces).toBe(2);
    expectSame(grad!, 16);
  });
});

test("many signatures are worth a warning", () => {
  const print = vi.spyOn(console, "warn").mockImplementation(() => {});
  const f = compile((x: Tensor) => x.mul(2));
  for (let side = 1; side <= 25; side++) f(zeros([side, 2]));
  const messages = print.mock.calls.map(([message]) => message as string);
  print.mockRestore();
  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain("for 20 signatures, the last time for (float32 [20, 2])");
});

test("under detectAnomaly the function runs eagerly, and its operations are looked at", () => {
  const f = compile((x: Tensor) => x.sub(2).log().sum());
  const facts = { name: "AnomalyError", op: "log" };
  expectError(() => detectAnomaly(() => f(tensor([1, 3]))), facts, "the result is NaN");
});

test("a call within another trace, or on what has no value, is part of it", () => {
  const inner = compile((x: Tensor) => x.mul(2));
  const outer = compile((x: Tensor) => (inner(x) as Tensor).add(1));
  expectSame(outer(tensor(3)), 7);
  expect(inner.traces).toBe(0);
});

test("what is traced under noGrad can still be differentiated later", () => {
  const a = scalar(3);
  const f = compile((x: Tensor) => x.mul(a));
  noGrad(() => f(tensor(2, { dtype: "float64" })));
  (f(tensor(2, { dtype: "float64" })) as Tensor).backward();
  expectSame(a.grad!, 2);
  expect(f.traces).toBe(1);
});

test("a function that throws while it is traced has changed nothing", () => {
  const a = scalar(3);
  const f = compile(() => {
    a.assign(7);
    a.square().backward();
    throw new Error("half way");
  });
  expect(() => f()).toThrow("half way");
  expectSame(a, 3);
  expect(a.grad).toBeNull();
  expect(f.traces).toBe(0);
  a.assign(4); // the effects of the trace are gone, too
  expectSame(a.leaf, 4);
});
