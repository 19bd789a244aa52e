import { compile, GradientError, scalar, tensor, ValueError, variable } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { clipGradNorm, clipGradValue, SGD } from "../src/index.js";
import { float64 } from "./support/golden.js";

describe("clipGradNorm", () => {
  it("scales all gradients together: [3, 4] to length 1", () => {
    const [a, b] = [scalar(0), scalar(0)];
    [a.grad, b.grad] = [float64(3), float64(4)];
    expect(clipGradNorm([a, b], 1).item()).toBe(5);
    const factor = 1 / (5 + 1e-6);
    expectClose(a.grad, 3 * factor, { rtol: 1e-15 });
    expectClose(b.grad, 4 * factor, { rtol: 1e-15 });
  });

  it("leaves gradients that are short enough as they are, to the bit", () => {
    const w = variable([0, 0]);
    w.grad = tensor([0.1, 0.7]);
    clipGradNorm([w], 1);
    expectSame(w.grad, tensor([0.1, 0.7]));
  });

  it("leaves out what has no gradient", () => {
    const [a, b] = [scalar(0), scalar(0)];
    a.grad = float64(2);
    expect(clipGradNorm([a, b], 5).item()).toBe(2);
    expect(b.grad).toBeNull();
  });

  it("answers in float64 for gradients of both dtypes, and keeps each in its own", () => {
    const [narrow, wide] = [variable([0]), variable([0], { dtype: "float64" })];
    [narrow.grad, wide.grad] = [tensor([3]), float64([4])];
    const norm = clipGradNorm([narrow, wide], 1);
    expect([norm.dtype, norm.item()]).toEqual(["float64", 5]);
    expect([narrow.grad.dtype, wide.grad.dtype]).toEqual(["float32", "float64"]);
  });

  it("tells of a gradient that is not finite", () => {
    const w = variable([0, 0]);
    w.grad = tensor([Number.NaN, 1]);
    expect(clipGradNorm([w], 1).item()).toBeNaN();
  });

  it("does in a compiled step what it does in an eager one", () => {
    const run = (through: typeof compile | null) => {
      const w = variable([1, -2, 3]);
      const optimizer = new SGD([w], { learningRate: 0.5, momentum: 0.9 });
      const step = () => {
        optimizer.zeroGrad();
        w.square().sum().backward();
        const norm = clipGradNorm(optimizer.parameters, 1.5);
        optimizer.step();
        return norm;
      };
      const taken = through ? through(step) : step;
      return [...[1, 2, 3, 4].map(() => taken()), w.asTensor()];
    };
    const eager = run(null);
    for (const [i, value] of run(compile).entries()) expectSame(value, eager[i]!);
  });
});

describe("errors of clipping", () => {
  const w = scalar(0);

  it.each<[message: string, clip: () => unknown]>([
    ["clipGradNorm: maxNorm is -1, which is not in [0, ∞)", () => clipGradNorm([w], -1)],
    ["clipGradNorm: maxNorm is NaN", () => clipGradNorm([w], Number.NaN)],
    ["clipGradNorm: normType is 0.5", () => clipGradNorm([w], 1, { normType: 0.5 })],
    ["clipGradValue: maxValue is -1", () => clipGradValue([w], -1)],
  ])("%s", (message, clip) => {
    expect(clip).toThrow(ValueError);
    expect(clip).toThrow(message);
  });

  it.each([clipGradNorm, clipGradValue])("before backward: %o", (clip) => {
    expect(() => clip([w], 1)).toThrow(GradientError);
    expect(() => clip([w], 1)).toThrow(/none of the 1 parameters has a gradient.*backward/s);
    expect(() => clip([], 1)).toThrow(/none of the 0 parameters/);
  });
});
