import { grad, type Operand, type Tensor, tensor } from "@neurite/autograd";
import { describe, expect, it } from "vitest";
import { expectClose, expectSame } from "../../autograd/test/support/close.js";
import { evaluate } from "../../autograd/test/support/evaluate.js";
import {
  bce,
  bceWithLogits,
  crossEntropy,
  Dense,
  gaussianNll,
  hinge,
  huber,
  klDiv,
  l1,
  l1Penalty,
  l2Penalty,
  mse,
  nll,
  smoothL1,
} from "../src/index.js";
import { float64 } from "./support/golden.js";

/** A value and its gradient by the only input. */
const withGradient = (f: (x: Tensor) => Tensor, x: Operand) =>
  evaluate((given: Tensor) => {
    const own = given.alias();
    const value = f(own);
    return { value, gradient: grad(value.sum(), [own])[0]! };
  }, x.asTensor());

const none = { reduction: "none" } as const;

describe("bce at certain predictions", () => {
  it("costs 100 for the wrong one, with the slope 1e12, and nothing for the right one", () => {
    const found = withGradient((y) => bce(y, [1, 0, 0, 1], none), float64([0, 1, 0, 1]));
    expectSame(found.value, float64([100, 100, 0, 0]));
    expectClose(found.gradient, float64([-1e12, 1e12, 0, 0]));
  });

  it("agrees with bceWithLogits where both have digits", () => {
    const z = float64([-3, 0.5, 2]);
    const t = [0.2, 1, 0];
    const ofShares = withGradient((z) => bce(z.sigmoid(), t, none), z);
    const ofLogits = withGradient((z) => bceWithLogits(z, t, none), z);
    expectClose(ofShares.value, ofLogits.value, { rtol: 1e-14 });
    expectClose(ofShares.gradient, ofLogits.gradient, { rtol: 1e-14 });
  });
});

describe("kinks", () => {
  it("l1 has the slope 0 at 0", () => {
    const { gradient } = withGradient((y) => l1(y, [0, 0, 0], none), float64([-2, 0, 2]));
    expectSame(gradient, float64([-1, 0, 1]));
  });

  it("huber and smoothL1 are smooth at the bound, and have the curvature of a square at 0", () => {
    const d = float64([-3, -2, 0, 1, 2, 3]);
    const zeros = [0, 0, 0, 0, 0, 0];
    const slope = (y: Tensor) => {
      const own = y.alias();
      return grad(huber(own, zeros, { delta: 2, ...none }).sum(), [own])[0]!;
    };
    const found = withGradient(slope, d);
    expectSame(found.value, float64([-2, -2, 0, 1, 2, 2]));
    expect(found.gradient.toArray()).toEqual(expect.arrayContaining([0, 1]));
    expectSame(found.gradient.slice([2, 4]), float64([1, 1]));
    const smooth = evaluate((y: Tensor) => smoothL1(y, zeros, { beta: 2, ...none }), d);
    expectSame(smooth, float64([2, 1, 0, 0.25, 1, 2]));
  });

  it("hinge has the slope 0 where the margin is just kept", () => {
    const found = withGradient((s) => hinge(s, [1, 1, -1, -1], none), float64([1, 0.5, -1, 3]));
    expectSame(found.value, float64([0, 0.5, 0, 4]));
    expectClose(found.gradient, float64([0, -1, 0, 1]));
  });
});

describe("what does not count", () => {
  it("costs nothing and pulls at nothing, even where its logits are infinite", () => {
    const z = float64([
      [0, 0],
      [Number.NEGATIVE_INFINITY, 0],
    ]);
    const found = withGradient((z) => crossEntropy(z, [1, -100]), z);
    expectClose(found.value, Math.LN2, { rtol: 1e-15 });
    expectSame(found.gradient, [
      [0.5, -0.5],
      [0, 0],
    ]);
  });

  it("leaves NaN if it is everything, and 0 as a sum", () => {
    const logs = float64([[-1, -2]]);
    for (const loss of [nll, crossEntropy]) {
      expectSame(
        evaluate((x: Tensor) => loss(x, [-100]), logs),
        float64(Number.NaN),
      );
      const sum = evaluate((x: Tensor) => loss(x, [-100], { reduction: "sum" }), logs);
      expect(sum.item()).toBeCloseTo(0, 15);
    }
  });

  it("are targets of 0 in klDiv, even where the prediction is 0", () => {
    const never = Number.NEGATIVE_INFINITY;
    const found = withGradient((x) => klDiv(x, [1, 0], none), float64([0, never]));
    expectSame(found.value, float64([0, 0]));
    expectSame(found.gradient, float64([-1, 0]));
    const logs = { logTarget: true, ...none };
    const ofLogs = evaluate((x: Tensor) => klDiv(x, [0, never], logs), float64([0, never]));
    expectSame(ofLogs, float64([0, 0]));
  });
});

describe("crossEntropy of places", () => {
  it("is that of their rows laid one under the other", () => {
    const image = float64([
      [
        [1, 2, 3],
        [0, 1, -2],
      ],
    ]);
    const places = evaluate((z: Tensor) => crossEntropy(z, [[0, 1, -100]]), image);
    const rows = evaluate(
      (z: Tensor) => crossEntropy(z.transpose([0, 2, 1]).reshape([-1, 2]), [0, 1, -100]),
      image,
    );
    expectClose(places, rows, { rtol: 1e-15 });
  });
});

it("gaussianNll lets a variance below the bound learn as if it were there", () => {
  const found = withGradient((v) => gaussianNll(float64([1]), [3], v, { eps: 0.5 }), float64([0]));
  expectSame(found.value, float64((Math.log(0.5) + 8) / 2));
  expectSame(found.gradient, float64([(2 - 4 / 0.25) / 2]));
});

describe("penalties", () => {
  const w = tensor(
    [
      [1, -2],
      [0, 3],
    ],
    { dtype: "float64" },
  );

  it("are sums of magnitudes and of squares, with their slopes", () => {
    const ofL1 = withGradient((w) => l1Penalty([w, w.slice(0)]), w);
    expectSame(ofL1.value, float64(9));
    expectSame(
      ofL1.gradient,
      float64([
        [2, -2],
        [0, 1],
      ]),
    );
    const ofL2 = withGradient((w) => l2Penalty([w]), w);
    expectSame(ofL2.value, float64(14));
    expectSame(ofL2.gradient, w.mul(2));
  });

  it("add to a loss of a module's parameters", () => {
    const model = new Dense({ inputs: 2, units: 1, dtype: "float64" });
    const x = float64([[1, 2]]);
    const loss = () => mse(model.apply(x), [[0]]).add(l2Penalty(model.parameters()).mul(0.5));
    const plain = grad(mse(model.apply(x), [[0]]), [model.weight])[0]!;
    expectClose(grad(loss(), [model.weight])[0]!, plain.add(model.weight), { rtol: 1e-14 });
  });
});
