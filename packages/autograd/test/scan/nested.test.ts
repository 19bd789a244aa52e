import { describe, expect, test } from "vitest";
import {
  checkGradients,
  checkpoint,
  customVjp,
  defineOp,
  grad,
  type ScanOptions,
  scan,
  stack,
  type Tensor,
  vmap,
} from "../../src/index.js";
import { expectClose, expectSame } from "../support/close.js";
import { evaluate } from "../support/evaluate.js";
import { expectError } from "../support/expect-error.js";
import { close } from "../support/loops.js";
import { float64 } from "../support/values.js";

describe("loops in loops", () => {
  const rows = float64([
    [1, 2, 3],
    [4, 5, -6],
  ]);
  const inner = (w: Tensor, options: ScanOptions) => (c: Tensor, row: Tensor) => {
    const [d, ys] = scan(
      (d: Tensor, x: Tensor) => {
        const next = d.mul(w).add(x.mul(0.1)).tanh();
        return [next, next.mul(x)];
      },
      c,
      row,
      options,
    );
    return [d, ys.sum()] as const;
  };
  const nested = (outer: ScanOptions, within: ScanOptions) => (w: Tensor, rows: Tensor) => {
    const [c, ys] = scan(inner(w, within), float64(0.3), rows, outer);
    return c.add(ys.sum());
  };
  const plain = (w: Tensor, rows: Tensor) => {
    let c: Tensor = float64(0.3);
    let total: Tensor = float64(0);
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 3; j++) {
        const x = rows.slice(i, j);
        c = c.mul(w).add(x.mul(0.1)).tanh();
        total = total.add(c.mul(x));
      }
    }
    return c.add(total);
  };
  const point = float64(0.8);

  test.each<[ScanOptions, ScanOptions]>([
    [{}, {}],
    [{ checkpoint: true }, {}],
    [{}, { checkpoint: true }],
    [{ checkpoint: true }, { checkpoint: true }],
  ])("unroll to the same, outer %o, inner %o", (outer, within) => {
    const f = nested(outer, within);
    expectClose(evaluate(f, point, rows), plain(point, rows), close);
    expectClose(evaluate(grad(f), point, rows), grad(plain)(point, rows), close);
    const twice = (f: typeof plain) => grad((w: Tensor) => grad(f)(w, rows));
    expectClose(evaluate(twice(f), point), twice(plain)(point), close);
    const lanes = float64([0.8, -0.3]);
    const each = evaluate((w) => vmap((w: Tensor) => grad(f)(w, rows))(w), lanes);
    expectClose(each, stack([0, 1].map((i) => grad(plain)(lanes.slice(i), rows))), close);
  });

  test("with a checkpoint, or a rule of its own, inside the body", () => {
    const cube = customVjp(
      (x: Tensor) => x.pow(3),
      [({ g, x: [x] }) => g.mul(x!.square().mul(3))],
      {
        samples: [[float64(0.4)]],
      },
    );
    const exp = customVjp((x: Tensor) => x.exp(), [({ g, y }) => g.mul(y)], {
      samples: [[float64(0.4)]],
    });
    for (const part of [checkpoint((x: Tensor) => x.sin().mul(x)), cube, exp]) {
      const f = (w: Tensor, x: Tensor) =>
        scan((c: Tensor, y: Tensor) => [part(c.mul(w)).add(y), null], float64(0.2), x)[0];
      expect(checkGradients(f, [point, float64([0.1, 0.2])], { order: 2 }).worst).toBeLessThan(
        1e-6,
      );
      const lanes = float64([0.8, -0.3]);
      const x = float64([0.1, 0.2]);
      const each = evaluate((w) => vmap((w: Tensor) => grad(f)(w, x))(w), lanes);
      expectClose(each, stack([0, 1].map((i) => grad(f)(lanes.slice(i), x))), close);
    }
  });

  test("inside a checkpoint", () => {
    const f = checkpoint((w: Tensor, rows: Tensor) => nested({}, {})(w, rows));
    expectClose(evaluate(grad(f), point, rows), grad(plain)(point, rows), close);
  });
});

describe("a body without a derivative", () => {
  const opaque = defineOp<readonly [Tensor]>(
    {
      name: "opaque",
      family: "unary",
      formula: { forward: "y = x", vjp: [] },
      shape: ([x]) => x!.shape,
      dtype: ([x]) => x!.dtype,
      forward: (out, [x]) => out.data.set(x!.toTypedArray()),
    },
    { samples: [{ inputs: [float64([1])] }] },
  );

  test("runs, as long as nobody asks for one", () => {
    const f = (x: Tensor) =>
      scan((c: Tensor, y: Tensor) => [opaque([c]).add(y), null], float64(1), x)[0];
    expectSame(evaluate(f, float64([1, 2])), 4);
    expectError(() => evaluate(grad(f), float64([1, 2])), { name: "GradientError", op: "opaque" });
  });

  test("closes over a tensor in a rule of its own", () => {
    const k = float64(0.5).mul(2);
    const scaled = customVjp((x: Tensor) => x.mul(k), [({ g }) => g.mul(k)], {
      samples: [[float64(0.3)]],
    });
    const f = (x: Tensor) =>
      scan((c: Tensor, y: Tensor) => [scaled(c).add(y), null], float64(1), x)[0];
    expectSame(evaluate(grad(f), float64([1, 2])), [1, 1]);
  });
});
