import { describe, expect, it } from "vitest";
import { compile, GradientError, scalar, variable } from "../src/index.js";
import { evaluate } from "./support/evaluate.js";

describe("a variable that requires no gradient", () => {
  const make = () => ({ w: variable([1, 2]), b: variable([3, 4]) });

  it("gets none, and the others keep theirs", () => {
    const { w, b } = make();
    w.requiresGrad = false;
    evaluate(() => {
      const loss = w.mul(b).sum();
      loss.backward();
      return loss;
    });
    expect(w.grad).toBeNull();
    expect(b.grad!.toArray()).toEqual([1, 2]);
  });

  it("forgets the gradient it had, and learns again when told to", () => {
    const { w } = make();
    w.sum().backward();
    w.requiresGrad = false;
    expect([w.requiresGrad, w.grad]).toEqual([false, null]);
    w.requiresGrad = true;
    w.sum().backward();
    expect(w.grad!.toArray()).toEqual([1, 1]);
  });

  it("makes a compiled step trace anew", () => {
    const { w, b } = make();
    const step = compile(() => {
      w.zeroGrad();
      b.zeroGrad();
      w.mul(b).sum().backward();
    });
    const gradients = () => {
      step();
      return [w.grad?.toArray(), b.grad?.toArray()];
    };
    expect(gradients()).toEqual([
      [3, 4],
      [1, 2],
    ]);
    w.requiresGrad = false;
    expect(gradients()).toEqual([undefined, [1, 2]]);
    expect(step.traces).toBe(2);
    w.requiresGrad = true;
    expect(gradients()[0]).toEqual([3, 4]);
    expect(step.traces).toBe(2);
  });

  it("is named when nothing else could learn", () => {
    const w = scalar(2, { label: "w" });
    w.requiresGrad = false;
    const differentiate = () => w.mul(3).backward();
    expect(differentiate).toThrow(GradientError);
    expect(differentiate).toThrow(/variables alone that require no gradient: w/);
  });
});
