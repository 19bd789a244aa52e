import { describe, expect, test } from "vitest";
import {
  checkGradients,
  defineOp,
  grad,
  scalar,
  type Tensor,
  tensor,
  variable,
  vmap,
} from "../src/index.js";
import { expectSame } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { expectError } from "./support/expect-error.js";
import { float64, int32 } from "./support/values.js";

describe("defineOp", () => {
  const kernel =
    (f: (x: number) => number) =>
    (
      out: { data: { set(x: ArrayLike<number>): void } },
      [x]: readonly { toTypedArray(): ArrayLike<number> }[],
    ) =>
      out.data.set(Array.from(x!.toTypedArray(), f));
  const record = {
    name: "cube",
    family: "unary",
    formula: { forward: "y = x³", vjp: ["x̄ = ȳ·3x²"] },
    shape: ([x]: readonly { shape: readonly number[] }[]) => x!.shape,
    dtype: ([x]: readonly { dtype: "float32" | "float64" | "int32" | "bool" }[]) => x!.dtype,
    forward: kernel((x) => x ** 3),
    vjp: [({ g, x: [x] }: { g: Tensor; x: readonly [Tensor] }) => g.mul(x.square().mul(3))],
  } as const;
  const inputs = [{ inputs: [float64([1, -2])] }];

  test("makes an op like any other", () => {
    const cube = defineOp<readonly [Tensor]>(record, { samples: inputs });
    const f = (x: Tensor) => cube([x]).sum();
    expectSame(evaluate(f, float64([2, 3])), 35);
    expectSame(evaluate(grad(f), float64([2, 3])), [12, 27]);
    expect(checkGradients(f, [float64([2, 3])], { order: 3 }).worst).toBeLessThan(1e-4);
    expectSame(
      evaluate(
        vmap(grad(f)),
        float64([
          [2, 3],
          [0, 1],
        ]),
      ).slice(0),
      [12, 27],
    );
    expect(String(cube([[1, 2]]))).toBe("cube float32 [2] = [1, 8]");
    expect(cube.op.name).toBe("cube");
  });

  test("adds to number graphs, and backward() goes through them", () => {
    const cube = defineOp<readonly [Tensor]>(
      { ...record, scalar: (x) => x ** 3 },
      { samples: inputs },
    );
    const x = scalar(2);
    cube([x.mul(2)]).backward();
    expectSame(x.grad!, 96);
  });

  test("reads variables in its rule as they are at the time", () => {
    const slope = scalar(1);
    const op = defineOp<readonly [Tensor]>(
      {
        ...record,
        name: "annealed",
        surrogate: "mine",
        vjp: [({ g }) => g.mul(slope.cast(g.dtype))],
      },
      { samples: inputs },
    );
    const x = scalar(2);
    const gradient = (by: number) => {
      slope.assign(by);
      x.zeroGrad();
      op([x]).backward();
      return x.grad!.item();
    };
    expect([1, 5, 2].map(gradient)).toEqual([1, 5, 2]);
  });

  test("takes a rule that looks at the numbers", () => {
    const op = defineOp<readonly [Tensor]>(
      {
        ...record,
        name: "looking",
        vjp: [({ g, x: [x] }) => g.mul(x.rank === 0 ? 3 * x.item() ** 2 : x.square().mul(3))],
      },
      { samples: inputs, order: 1 },
    );
    const x = scalar(2);
    op([x]).backward();
    expectSame(x.grad!, 12);
  });

  test("takes attributes, and inputs that carry no gradient", () => {
    const scaled = defineOp<readonly [Tensor, Tensor], { readonly by: number }>(
      {
        name: "scaledPick",
        family: "indexing",
        formula: { forward: "y = by·x[k]", vjp: ["x̄", "none"] },
        shape: ([, k]) => k!.shape,
        dtype: ([x]) => x!.dtype,
        forward: (out, [x, k], { by }) => {
          const values = x!.toTypedArray();
          out.data.set(k!.toTypedArray().map((at) => at)); // the places
          for (let i = 0; i < out.data.length; i++) out.data[i] = by * values[out.data[i]!]!;
        },
        vjp: [({ g, x: [x, k], attrs: { by } }) => x.mul(0).scatterAdd(k, g.mul(by), 0), null],
      },
      { samples: [{ inputs: [float64([1, 2]), int32([1, 1])], attrs: { by: 3 } }] },
    );
    const f = (x: Tensor) => scaled([x, int32([0, 0])], { by: 2 }).sum();
    expectSame(evaluate(grad(f), float64([5, 6])), [4, 0]);
  });

  test("without a rule has no derivative, which is said when one is asked for", () => {
    const { vjp: _, ...rest } = record;
    const plain = defineOp<readonly [Tensor]>({ ...rest, name: "plain" }, { samples: inputs });
    const v = variable([1, 2], { dtype: "float64" });
    expectSame(plain([v]), [1, 8]);
    expectError(
      () => plain([v]).sum().backward(),
      { name: "GradientError", op: "plain" },
      "of order 1",
      "define its vjp",
    );
    const through = defineOp<readonly [Tensor]>(
      { ...record, vjp: [({ g, x: [x] }) => g.mul(plain([x]).div(x).mul(3))] },
      { samples: inputs, order: 1 },
    );
    const twice = grad((x: Tensor) => grad((x: Tensor) => through([x]).sum())(x).sum());
    expectError(
      () => twice(float64([2])),
      { name: "GradientError", op: "plain" },
      "order 2 or higher",
    );
  });

  test.each<[string, () => unknown, object, string[]]>([
    [
      "a wrong rule",
      () => defineOp<readonly [Tensor]>({ ...record, vjp: [({ g }) => g] }, { samples: inputs }),
      { name: "GradientError", op: "cube" },
      ["of input 0 [2]", "central difference"],
    ],
    [
      "no samples",
      () => defineOp<readonly [Tensor]>(record, { samples: [] }),
      { op: "cube" },
      ["no samples"],
    ],
    [
      "float32 samples, which differences drown in",
      () => defineOp<readonly [Tensor]>(record, { samples: [{ inputs: [tensor([1])] }] }),
      { name: "DTypeError", op: "cube" },
      ["float32", "float64"],
    ],
  ])("refuses %s", (_, run, facts, says) => {
    expectError(run, facts, ...says);
  });
});
