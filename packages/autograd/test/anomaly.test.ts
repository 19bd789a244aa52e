import { describe, expect, test } from "vitest";
import {
  callSite,
  checkpoint,
  detectAnomaly,
  grad,
  type NeuriteError,
  noGrad,
  scalar,
  scan,
  scope,
  type Tensor,
  tensor,
  variable,
  vmap,
} from "../src/index.js";
import { errorOf } from "./support/checks.js";
import { expectSame } from "./support/close.js";
import { expectError } from "./support/expect-error.js";
import { float64, inf, nan } from "./support/values.js";

const anomaly = (run: () => unknown, facts: object, ...says: string[]): NeuriteError =>
  expectError(() => detectAnomaly(run), { name: "AnomalyError", ...facts }, ...says);

/** The line below a place in this file. */
const below = (site: string): RegExp => {
  const [, line] = /:(\d+):\d+$/.exec(site)!;
  return new RegExp(`anomaly\\.test\\.ts:${Number(line) + 1}:\\d+$`);
};

describe("a result that is NaN", () => {
  test("names the operation, its scope, its line and the range of its inputs", () => {
    let line!: RegExp;
    const error = anomaly(
      () =>
        scope("encoder", () =>
          scope("norm", () => {
            const x = float64([4, -1, 2.5]);
            line = below(callSite()!);
            const root = x.sqrt();
            return root.mul(2).sum();
          }),
        ),
      { op: "sqrt", modulePath: "encoder.norm", shapes: [[3]] },
      "the result is NaN in 1 of 3 elements",
      "input 0 from -1 to 4",
      "where",
    );
    expect(error.site).toMatch(line);
  });

  test.each<[string, () => Tensor, string, string]>([
    ["a number", () => scalar(-2).log(), "log", "input 0 is -2"],
    ["a float32", () => tensor(0).div(0), "div", "input 0 is 0, input 1 is 0"],
    ["infinities that cancel", () => float64([inf, 1]).sub(float64([inf, 1])), "sub", "1 of 2"],
    [
      "0 times infinity, masked too late",
      () => float64([0]).mul(inf).gt(0).where(1, 0),
      "mul",
      "Inf",
    ],
    ["a composition", () => float64([-inf, -inf]).softmax(), "softmax", "-Inf"],
  ])("%s", (_, run, op, says) => {
    anomaly(run, { op }, "the result is NaN", says);
  });

  test("is found where it arose, not where it went", () => {
    const y = errorOf(() => detectAnomaly(() => float64([1, -1]).log().mul(2).exp().sum()));
    expect(y).toMatchObject({ op: "log" });
    detectAnomaly(() => float64([nan, 1]).mul(2).sum());
  });

  test("inside a loop, a checkpoint and lanes, at the line of the function's own code", () => {
    let line!: RegExp;
    const body = (x: Tensor) => {
      line = below(callSite()!);
      return x.log();
    };
    const xs = float64([1, 2, -3]);
    const runs = [
      () => scan((c: Tensor, x: Tensor) => [c, scope("cell", () => body(x))], float64(0), xs),
      () => scope("cell", () => checkpoint(body)(xs)),
      () => scope("cell", () => vmap(body)(xs)),
    ];
    for (const run of runs) {
      const error = anomaly(run, { op: "log", modulePath: "cell" }, "-3");
      expect(error.site).toMatch(line);
    }
  });

  test("under noGrad", () => {
    anomaly(() => noGrad(() => float64([-1]).sqrt()), { op: "sqrt" });
  });
});

describe("a derivative that is NaN or infinite", () => {
  test("names the operation, its scope, its line and the range of its values", () => {
    let line!: RegExp;
    const error = anomaly(
      () => {
        const x = variable([4, 0, 9], { dtype: "float64" });
        line = below(callSite()!);
        const root = scope("encoder", () => x.sqrt());
        return root.sum().backward();
      },
      { op: "sqrt", modulePath: "encoder", shapes: [[3]] },
      "the gradient by its input 0 is infinite in 1 of 3 elements",
      "input 0 from 0 to 9",
      "result from 0 to 3",
    );
    expect(error.site).toMatch(line);
  });

  test("of a graph of numbers, which is then differentiated node by node", () => {
    const x = scalar(0);
    anomaly(() => x.sqrt().mul(0).backward(), { op: "sqrt" }, "input 0 is NaN: input 0 is 0");
    expect(x.grad).toBeNull();
  });

  test("by grad, and at second order", () => {
    anomaly(() => grad((x: Tensor) => x.log().sum())(float64([0, 1])), { op: "log" }, "infinite");
    const twice = grad((x: Tensor) => grad((x: Tensor) => x.pow(1.5).sum())(x).sum());
    anomaly(() => twice(float64([0, 1])), {}, "the gradient by its input", "infinite");
    expectSame(grad((x: Tensor) => x.pow(1.5).sum())(float64([0])), [0]);
  });

  test("inside a loop and a checkpoint, at the line of the function's own code", () => {
    let line!: RegExp;
    const v = scalar(0);
    const body = (x: Tensor) => {
      line = below(callSite()!);
      return x.mul(v).sqrt();
    };
    const xs = float64([1, 2]);
    const loop = () => scan((c: Tensor, x: Tensor) => [c.add(body(x)), null], float64(0), xs)[0];
    for (const run of [loop, () => checkpoint(body)(xs).sum()]) {
      const error = anomaly(() => run().backward(), { op: "sqrt" }, "infinite");
      expect(error.site).toMatch(line);
    }
  });

  test("is not blamed on those who only pass it on", () => {
    anomaly(
      () => {
        const x = variable([0, 1], { dtype: "float64" });
        return x.mul(2).add(1).sub(1).log().mul(3).sum().backward();
      },
      { op: "log" },
      "infinite",
    );
  });
});

describe("nothing is found", () => {
  const fine = (run: () => unknown) => expect(() => detectAnomaly(run)).not.toThrow();

  test("in a masked softmax, forwards and backwards", () => {
    const scores = variable(
      [
        [1, 2, 3],
        [0, 1, 0],
      ],
      { dtype: "float64" },
    );
    const mask = tensor([
      [true, true, false],
      [true, false, false],
    ]);
    fine(() => mask.where(scores, -inf).softmax().square().sum().backward());
    fine(() => mask.where(scores, -inf).logSumExp(-1).sum().backward());
  });

  test("at the kinks that have a value by convention", () => {
    fine(() => variable([0, 0], { dtype: "float64" }).norm().backward());
    fine(() => variable([0, 2], { dtype: "float64" }).pow(2).sum().backward());
    fine(() => variable([0, -1], { dtype: "float64" }).relu().sum().backward());
    fine(() => variable([0, 3, 0], { dtype: "float64" }).prod().backward());
  });

  test("in infinities that are meant, integers and conditions", () => {
    fine(() => float64([0, 1]).log().max());
    fine(() => float64([nan, 1]).isNaN().logicalNot().cast("int32").sum());
  });

  test("in loops, and results and gradients are the same bits", () => {
    const v = variable([0.3, -0.8], { dtype: "float64" });
    const run = () => {
      v.zeroGrad();
      const [c, ys] = scan(
        (c: Tensor, x: Tensor) => [c.mul(v).add(x).tanh(), c],
        v.asTensor(),
        float64([1, 2]),
      );
      c.add(ys.sum(0)).square().sum().backward();
      return v.grad!;
    };
    const plain = run();
    expectSame(detectAnomaly(run), plain);
  });

  test("once it is over", () => {
    errorOf(() => detectAnomaly(() => scalar(-1).sqrt()));
    expectSame(scalar(-1).sqrt(), nan);
    expect(detectAnomaly(() => 7)).toBe(7);
  });
});
