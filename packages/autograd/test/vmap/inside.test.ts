import { describe, expect, test } from "vitest";
import {
  checkGradients,
  checkpoint,
  customVjp,
  defineOp,
  grad,
  noGrad,
  scope,
  type Tensor,
  vmap,
} from "../../src/index.js";
import { expectClose, expectSame } from "../support/close.js";
import { evaluate } from "../support/evaluate.js";
import { w, xs } from "../support/lane-by-lane.js";
import { float64 } from "../support/values.js";

describe("what is inside lanes", () => {
  test("a custom derivative is used, lane by lane and at second order", () => {
    let calls = 0;
    const cube = customVjp(
      (x: Tensor, k: Tensor) => x.pow(3).mul(k),
      [
        ({ g, x: [x, k] }) => {
          calls++;
          return g.mul(x!.square().mul(3).mul(k!));
        },
        ({ g, x: [x] }) => g.mul(x!.pow(3)).sum(),
      ],
      { samples: [[float64([2, -1]), float64(3)]] },
    );
    calls = 0;
    const f = (x: Tensor, k: Tensor) => vmap((x: Tensor) => cube(x, k).sum())(x).sum();
    const k = float64(2);
    expectClose(evaluate(grad(f), xs, k), xs.square().mul(6), { rtol: 1e-15 });
    expectClose(evaluate(grad(f, { argument: 1 }), xs, k), xs.pow(3).sum(), { rtol: 1e-15 });
    expect(calls).toBeGreaterThan(0);
    checkGradients(f, [xs, k], { order: 2 });
  });

  test("an op without a batching rule of its own runs lane by lane", () => {
    const shift = defineOp<readonly [Tensor]>(
      {
        name: "shift",
        family: "unary",
        formula: { forward: "y = x + size", vjp: ["x̄ = ȳ"] },
        shape: ([x]) => x!.shape,
        dtype: ([x]) => x!.dtype,
        forward: (out, [x]) => out.data.set(x!.toTypedArray().map((value) => value + x!.size)),
        vjp: [({ g }) => g],
      },
      { samples: [{ inputs: [float64([1, 2])] }] },
    );
    expectSame(
      evaluate(
        vmap((x: Tensor) => shift([x])),
        xs,
      ),
      xs.add(3),
    );
  });

  test("noGrad stops gradients there", () => {
    const f = (x: Tensor) => vmap((x: Tensor) => x.mul(noGrad(() => x.exp())).sum())(x).sum();
    expectSame(evaluate(grad(f), xs), xs.exp());
  });

  test("under noGrad a checkpoint that all lanes share", () => {
    const f = (x: Tensor, y: Tensor) => x.add(checkpoint((y: Tensor) => y.exp())(y));
    expectSame(
      evaluate((x, y) => noGrad(() => vmap(f, { inAxes: [0, null] })(x, y)), xs, w),
      xs.add(w.exp()),
    );
  });

  test("scopes and labels are kept", () => {
    const all = vmap((x: Tensor) => scope("layer", () => x.tanh().as("activation")))(xs);
    expect(all.label).toBe("activation");
    expect(all.scope.path).toBe("layer");
  });
});
