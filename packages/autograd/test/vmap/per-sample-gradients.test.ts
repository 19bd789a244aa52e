import { describe, expect, test } from "vitest";
import {
  checkGradients,
  grad,
  type Tensor,
  valueAndGrad,
  variable,
  vmap,
} from "../../src/index.js";
import { expectClose, expectSame } from "../support/close.js";
import { evaluate } from "../support/evaluate.js";
import { looped, w, xs } from "../support/lane-by-lane.js";
import { float64 } from "../support/values.js";

describe("per-sample gradients", () => {
  const loss = (w: Tensor, x: Tensor, y: Tensor) => x.dot(w).tanh().sub(y).square();
  const targets = float64([0.5, -1]);

  test("are those of a loop, and their sum that of the batch", () => {
    const each = evaluate(
      (w, x, y) => vmap(grad(loss), { inAxes: [null, 0, 0] })(w, x, y),
      w,
      xs,
      targets,
    );
    expect(each.shape).toEqual([2, 3]);
    for (const i of [0, 1]) {
      expectClose(each.slice(i), grad(loss)(w, xs.slice(i), targets.slice(i)), { rtol: 1e-15 });
    }
    const total = grad((w: Tensor) =>
      vmap((x: Tensor, y: Tensor) => loss(w, x, y))(xs, targets).sum(),
    )(w);
    expectClose(each.sum(0), total, { rtol: 1e-14 });
  });

  test("by a variable that the loss closes over", () => {
    const v = variable([0.3, -0.2, 0.7], { dtype: "float64", label: "w" });
    const one = (x: Tensor, y: Tensor) => grad(loss(v.asTensor(), x, y), [v])[0]!;
    const each = evaluate((x, y) => vmap(one)(x, y), xs, targets);
    expectSame(each, vmap(grad(loss), { inAxes: [null, 0, 0] })(w, xs, targets));
  });

  test("with the losses", () => {
    const pair = vmap(valueAndGrad(loss), { inAxes: [null, 0, 0] });
    const [losses, each] = evaluate((w, x, y) => [...pair(w, x, y)], w, xs, targets);
    expectClose(losses!, looped((x, y) => loss(w, x!, y!))(xs, targets), { rtol: 1e-15 });
    expect(each!.shape).toEqual([2, 3]);
  });

  test("differentiate again: grad of a function of per-sample gradients", () => {
    const penalty = (w: Tensor) =>
      vmap((x: Tensor, y: Tensor) => grad(loss)(w, x, y).square().sum())(xs, targets).sum();
    expect(checkGradients(penalty, [w], { order: 2 }).worst).toBeLessThan(1e-6);
  });
});
