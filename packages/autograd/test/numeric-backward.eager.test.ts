import { describe, expect, test } from "vitest";
import { numericPullback } from "../src/differentiate/numeric.js";
import { pullback } from "../src/differentiate/pullback.js";
import {
  defineOp,
  grad,
  type Operand,
  ops,
  scalar,
  type Tensor,
  tensor,
  topology,
  type Variable,
  variable,
} from "../src/index.js";
import type { Op } from "../src/op.js";
import { noGrad } from "../src/recording.js";
import { apply } from "../src/tensor.js";
import { errorOf } from "./support/checks.js";
import { expectSame } from "./support/close.js";
import { stream } from "./support/draw.js";
import { float64 } from "./support/values.js";

// The backward pass of a graph of numbers is computed in numbers. It has to give what the general
// pass gives, to the bit.

type Float = "float32" | "float64";

const wanted = (node: Tensor) => node.variable !== undefined;

/** Both passes at every node. Tells whether the one in numbers was possible. */
function compare(loss: Tensor): boolean {
  const general = noGrad(() => pullback([loss], [loss.constantLike(1)], wanted));
  const numeric = noGrad(() => numericPullback(loss, wanted));
  if (!numeric) return false;
  expect(numeric.nodes).toEqual(general.nodes);
  for (const at of general.nodes.keys()) {
    const [g, expected] = [numeric.cotangentAt(at), general.cotangentAt(at)];
    expect(g === undefined, `node ${at}`).toBe(expected === undefined);
    if (g) expectSame(g, expected!);
  }
  return true;
}

const registry = Object.values({ ...ops } as Record<string, Op<never>>);
/** Ops of one or two numbers and no attributes that have a derivative. */
const elementwise = registry.filter(
  ({ name, scalar, vjp, family }) =>
    name !== "cast" &&
    scalar &&
    Array.isArray(vjp) &&
    vjp.some((rule) => rule) &&
    family !== "selection",
);
const arity = (op: Op<never>): number => (op.vjp as readonly unknown[]).length;

describe.each<Float>(["float64", "float32"])("in %s", (dtype) => {
  const points = [0, -0, 1, -1, 0.3, -0.7, 2.5, -3, 20, -40, 1e-8, 0.5, 1e30];
  const number = (value: number) => variable(value, { dtype });

  test.each(elementwise.map((op) => [op.name, op] as const))(
    "%s: the same bits, at ordinary points and special ones",
    (_, op) => {
      for (const a of points) {
        for (const b of arity(op) === 2 ? points : [0]) {
          const [x, y] = [number(a), number(b)];
          const node = apply(op, arity(op) === 2 ? [x, y] : [x], undefined as never);
          expect(compare(node.mul(0.7).add(node))).toBe(true);
        }
      }
    },
  );

  test("where: a choice between numbers", () => {
    for (const [a, b] of [
      [1, 2],
      [2, 1],
      [1, 1],
    ]) {
      const [x, y] = [number(a!), number(b!)];
      expect(compare(x.gt(y).where(x.square(), y.mul(x)))).toBe(true);
    }
  });

  test("200 random graphs, whose nodes and variables are used many times", () => {
    const random = stream(`numeric ${dtype}`);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    for (let run = 0; run < 200; run++) {
      const leaves: Operand[] = [0, 1, 2].map(() => number(4 * random() - 2));
      const nodes: Operand[] = [...leaves, tensor(random(), { dtype }), leaves[0]!];
      const size = 3 + Math.floor(random() * 60);
      for (let i = 0; i < size; i++) {
        const op = pick(elementwise);
        const inputs = Array.from({ length: arity(op) }, () => pick(nodes));
        nodes.push(apply(op, inputs, undefined as never));
      }
      const loss = nodes.slice(-3).reduce<Tensor>((a, b) => a.add(b), tensor(0, { dtype }));
      expect(compare(loss), `run ${run}`).toBe(true);
    }
  });
});

describe("the pass in numbers steps back", () => {
  const x = scalar(1.5, { label: "x" });

  test.each<[string, () => Tensor]>([
    ["from tensors", () => variable([1, 2], { dtype: "float64" }).sum()],
    ["from a cast", () => x.cast("float32").exp()],
    ["from a shape and back", () => x.reshape([1]).square().reshape([])],
  ])("%s", (_, make) => {
    const loss = make();
    expect(compare(loss)).toBe(false);
    expectSame(loss.backward().of(loss), 1);
  });

  test("from a rule that reads a variable, or looks at the numbers", () => {
    const slope = scalar(3);
    const define = (rule: (c: { g: Tensor; x: readonly [Tensor] }) => Tensor) =>
      defineOp<readonly [Tensor]>(
        {
          name: "same",
          family: "unary",
          formula: { forward: "y = x", vjp: ["x̄ = ȳ"] },
          surrogate: "test",
          scalar: (x) => x,
          shape: ([x]) => x!.shape,
          dtype: ([x]) => x!.dtype,
          forward: (out, [x]) => out.data.set(x!.toTypedArray()),
          vjp: [rule],
        },
        { samples: [{ inputs: [float64([1])] }] },
      );
    expect(compare(define(({ g }) => g.mul(slope))([x]))).toBe(false);
    expect(compare(define(({ g }) => g.mul(slope.mul(2).sin()))([x]))).toBe(false);
    expect(compare(define(({ g, x: [x] }) => (x.toTypedArray()[0]! > 0 ? g : g.neg()))([x]))).toBe(
      false,
    );
    expect(compare(define(({ g, x: [x] }) => g.mul(x.exp().mul(2)))([x]))).toBe(true);
  });

  test("not from parts that carry no gradient", () => {
    expect(compare(x.mul(tensor(3, { dtype: "int32" }).cast("float64")))).toBe(true);
    expect(compare(x.stopGradient().exp().mul(x))).toBe(true);
    expect(compare(x.mul(noGrad(() => x.exp())))).toBe(true);
  });
});

describe("the record of a pass in numbers", () => {
  const make = () => {
    const [a, b] = [scalar(0.5), scalar(-2)];
    const product = a.mul(b);
    const held = product.tanh();
    const loss = held.square().add(a).mul(held.stopGradient().exp());
    return { a, b, product, held, loss, record: loss.backward() };
  };

  test("knows every node, and reaches constants when asked", () => {
    const { a, b, product, held, loss, record } = make();
    for (const node of [loss, held, product, a.asTensor(), b.asTensor()]) {
      expectSame(record.of(node), grad(loss, [node])[0]!);
    }
    const [stopped] = topology([loss]).nodes.filter(({ op }) => op.name === "exp");
    expectSame(record.of(stopped!), grad(loss, [stopped!])[0]!);
    expect(record.reached(stopped!)).toBe(false);
    expect(errorOf(() => record.of(tensor(1)))).toMatchObject({ op: "record.of" });
  });

  test("writes out steps whose sums are the gradients", () => {
    const { a, b, record } = make();
    const sums = new Map<Tensor, number>();
    for (const { inputs } of record.steps()) {
      for (const { node, sumAfter } of inputs) sums.set(node, sumAfter as number);
    }
    expect(sums.get(a.leaf)).toBe(a.grad!.item());
    expect(sums.get(b.leaf)).toBe(b.grad!.item());
  });

  test("accumulates as the general pass does", () => {
    const twice = (v: Variable, f: (v: Variable) => Tensor) => {
      f(v).backward();
      f(v).backward();
      return v.grad!;
    };
    const f = (v: Variable) => v.mul(v).sin().div(v);
    const wide = (v: Variable) => f(v).reshape([1]).sum();
    expectSame(twice(scalar(0.7), f), twice(scalar(0.7), wide));
  });
});
