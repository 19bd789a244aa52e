import { describe, expect, test } from "vitest";
import {
  grad,
  type Operand,
  printGraph,
  scalar,
  scan,
  type Tensor,
  variable,
} from "../../src/index.js";
import { expectClose, expectSame } from "../support/close.js";
import { expectError } from "../support/expect-error.js";
import { cell, h0, loopOf, w, xs } from "../support/loops.js";
import { float64 } from "../support/values.js";

describe("the node", () => {
  test("prints as one, with its results", () => {
    const text = printGraph(loopOf({})(w, h0, xs));
    expect(text).toMatch(/scan\(n\d+, n\d+, n\d+/);
    expect(text.split("\n").filter((line) => line.includes("scan("))).toHaveLength(1);
  });

  test("hands its gradients on in steps whose sums are those of the pass", () => {
    const v = variable(w.toArray(), { dtype: "float64", label: "w" });
    const [h, all] = scan(cell(v.leaf), h0, xs);
    const record = h.sum().add(all.sum()).add(v.square().sum()).backward();
    const sums = new Map<Tensor, number | Tensor>();
    for (const { inputs } of record.steps()) {
      for (const { node, sumBefore, sumAfter } of inputs) {
        if (sums.has(node)) expect(String(sumBefore)).toBe(String(sums.get(node)));
        sums.set(node, sumAfter);
      }
    }
    expectSame(sums.get(v.leaf) as Tensor, v.grad!);
    const step = record.steps().find(({ op }) => op === "scan")!;
    expect(step.formula).toContain("f(cₜ, xₜ)");
    expect(step.results!.filter((g) => g !== undefined)).toHaveLength(2);
    expect(step.inputs.map(({ node }) => node)).toEqual([v.leaf]);
    expectError(() => step.inputs[0]!.element([0, 0]), { op: "scan" }, "several results");
  });

  test("holds ten thousand steps", () => {
    const v = scalar(0.999);
    const [c] = scan((c: Operand) => [c.mul(v).add(0.001), null], float64(0), null, {
      length: 10_000,
    });
    c.backward();
    expectClose(
      v.grad!,
      grad((v: Tensor) => {
        let c: Tensor = float64(0);
        for (let i = 0; i < 10_000; i++) c = c.mul(v).add(0.001);
        return c;
      })(float64(0.999)),
      { rtol: 1e-11 },
    );
  });
});
