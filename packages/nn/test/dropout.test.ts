import { bernoulli, grad, key, ones, split, type Tensor, ValueError } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import { Dense, Dropout, functionalCall, Sequential } from "../src/index.js";
import { checkModule } from "./support/functional.js";
import { float64 } from "./support/golden.js";

const run = (dropout: Dropout, x: Tensor) => evaluate((x: Tensor) => dropout.apply(x), x);
const many = ones([100, 100], { dtype: "float64" });

describe("Dropout", () => {
  it("keeps with probability 1 − p and scales by 1/(1 − p)", () => {
    const y = run(new Dropout({ p: 0.2, key: key(1) }), many);
    const values = [...y.toTypedArray()];
    expect(new Set(values)).toEqual(new Set([0, 1.25]));
    // 10 000 draws: the share kept has the standard deviation 0.004, and the mean stays 1.
    const kept = values.filter((value) => value > 0).length / values.length;
    expect(Math.abs(kept - 0.8)).toBeLessThan(4 * 0.004);
  });

  it("drops where the mask of its key says", () => {
    const dropout = new Dropout({ p: 0.5, key: key(2) });
    const own = split(dropout.key)[1]!;
    const mask = bernoulli(own, 0.5, [4, 3]).cast("float64");
    expectSame(run(dropout, ones([4, 3], { dtype: "float64" })), mask.mul(2));
  });

  it("draws another mask at every call, and the same ones again for the same key", () => {
    const [a, b] = [new Dropout({ key: key(3) }), new Dropout({ key: key(3) })];
    const [first, second] = [run(a, many), run(a, many)];
    expect(second.toArray()).not.toEqual(first.toArray());
    expectSame(run(b, many), first);
    expectSame(run(b, many), second);
    expect(run(new Dropout({ key: key(4) }), many).toArray()).not.toEqual(first.toArray());
  });

  it("draws another mask at every call within one graph", () => {
    const dropout = new Dropout({ key: key(5) });
    const pair = evaluate((x: Tensor) => [dropout.apply(x), dropout.apply(x)] as const, many);
    expect(pair[0].toArray()).not.toEqual(pair[1].toArray());
  });

  it("is the identity in evaluation, and leaves the key alone", () => {
    const model = new Sequential(new Dropout({ key: key(6) })).eval();
    const dropout = model.layers[0] as Dropout;
    const before = dropout.key.toArray();
    expectSame(
      evaluate((x: Tensor) => model.apply(x), many),
      many,
    );
    expect(dropout.key.toArray()).toEqual(before);
    model.train();
    expect(run(dropout, many).toArray()).not.toEqual(many.toArray());
  });

  it("keeps everything for p = 0 and nothing for p = 1, with gradients 1 and 0", () => {
    for (const [p, expected] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const dropout = new Dropout({ p });
      const found = evaluate(
        (x: Tensor) => {
          const own = x.alias();
          const y = dropout.apply(own);
          return { y, slope: grad(y.sum(), [own])[0]! };
        },
        float64([1, 1, 1]),
      );
      expectSame(found.y, float64([expected, expected, expected]));
      expectSame(found.slope, float64([expected, expected, expected]));
    }
  });

  it("has gradients that are 0 where it dropped, and scaled elsewhere", () => {
    const dropout = new Dropout({ p: 0.25, key: key(7) });
    const found = evaluate((x: Tensor) => {
      const own = x.alias();
      const y = dropout.apply(own);
      return { y, slope: grad(y.sum(), [own])[0]! };
    }, many);
    expectSame(found.slope, found.y);
  });

  it("has the right first and second derivatives under one mask", () => {
    const dropout = new Dropout({ key: key(8) });
    const model = new Sequential(new Dense({ inputs: 2, units: 8, dtype: "float64" }), dropout);
    const start = dropout.key.asTensor();
    const underOneMask = (x: Tensor) => {
      dropout.key.assign(start);
      return model.apply(x).tanh();
    };
    expect(checkModule(model, underOneMask, [float64([[0.5, -1]])]).worst).toBeLessThan(1e-6);
  });

  it("takes another key for one call, whose masks differ, and keeps its own", () => {
    const dropout = new Dropout({ key: key(9) });
    const twice = new Sequential(dropout, dropout);
    const before = dropout.key.toArray();
    const own = new Dropout({ key: key(1) });
    const found = evaluate(
      (start: Tensor, x: Tensor) => functionalCall(twice, { "0.key": start }, x),
      own.key.asTensor(),
      many,
    );
    expectSame(found, run(own, run(own, many)));
    expect(dropout.key.toArray()).toEqual(before);
    expect(run(dropout, many).toArray()).not.toEqual(many.toArray());
    expect(dropout.key.toArray()).not.toEqual(before);
  });

  it("has a key that is state and does not learn", () => {
    expect(new Dropout().parameters()).toEqual([]);
  });

  it("refuses a probability outside [0, 1], also later", () => {
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expect(() => new Dropout({ p })).toThrow(ValueError);
      expect(() => new Dropout({ p })).toThrow(`Dropout: p is ${p}, which is not in [0, 1]`);
    }
    const dropout = new Dropout({ p: 0.5 });
    expect(() => {
      dropout.p = 2;
    }).toThrow(/p is 2/);
    dropout.p = 0;
    expectSame(run(dropout, many), many);
  });
});
