import { describe, expect, test } from "vitest";
import { grad, type Tensor } from "../src/index.js";
import { expectClose } from "./support/close.js";
import { evaluate } from "./support/evaluate.js";
import { float64, inf } from "./support/values.js";

// Derivatives of every order where functions saturate, begin, end or have a kink. Numbers that are
// not plain were worked out to 60 digits.

type Unary = (x: Tensor) => Tensor;

const nth = (f: Unary, n: number): Unary => (n === 0 ? f : nth(grad(f) as Unary, n - 1));

/** f′(x), f″(x) and so on, as many as are expected. */
function expectDerivatives(f: Unary, x: number, expected: readonly number[]): void {
  for (const [i, derivative] of expected.entries()) {
    const actual = evaluate(nth(f, i + 1), float64(x));
    try {
      expectClose(actual, derivative, { rtol: 2e-15 });
    } catch (error) {
      throw new Error(`of order ${i + 1} at ${x}: ${(error as Error).message}`);
    }
  }
}

describe("saturation costs no digits", () => {
  test.each([
    [5, [0.0001815832309438067, -0.0003631334879209056, 0.0007261350889566668]],
    [20, [1.6993417021166355e-17, -3.398683404233271e-17, 6.797366808466542e-17]],
    [40, [7.219405551381661e-35, -1.4438811102763322e-34, 2.8877622205526645e-34]],
    [350, [3.943870617503908e-304, -7.887741235007817e-304, 1.5775482470015633e-303]],
    [400, [0, 0, 0]],
    [inf, [0, 0, 0]],
  ])("of tanh at ±%s", (x, [first, second, third]) => {
    expectDerivatives((x) => x.tanh(), x, [first!, second!, third!]);
    expectDerivatives((x) => x.tanh(), -x, [first!, -second!, third!]);
  });

  test.each([
    [5, [0.006648056670790155, -0.006559067766322563, 0.00638287672580193]],
    [20, [2.061153613941849e-9, -2.061153605445141e-9, 2.061153588451724e-9]],
    [40, [4.248354255291589e-18, -4.248354255291589e-18, 4.248354255291589e-18]],
    [700, [9.85967654375977e-305, -9.85967654375977e-305, 9.85967654375977e-305]],
    [800, [0, 0, 0]],
    [inf, [0, 0, 0]],
  ])("of sigmoid at ±%s", (x, [first, second, third]) => {
    expectDerivatives((x) => x.sigmoid(), x, [first!, second!, third!]);
    expectDerivatives((x) => x.sigmoid(), -x, [first!, -second!, third!]);
  });

  test("of tanh near 0, where its curvature vanishes", () => {
    expectDerivatives((x) => x.tanh(), 1e-9, [1, -2e-9, -2]);
    expectDerivatives((x) => x.tanh(), 0, [1, 0, -2, 0, 16]);
  });

  test("of expm1 far below 0", () => {
    const slope = 9.357622968840175e-14;
    expectDerivatives((x) => x.expm1(), -30, [slope, slope, slope]);
  });
});

describe("infinite slopes stay infinite, and of the right sign, when they are differentiated", () => {
  test.each<[string, Unary, number, number[]]>([
    ["sqrt", (x) => x.sqrt(), 0, [inf, -inf, inf]],
    ["rsqrt", (x) => x.rsqrt(), 0, [-inf, inf, -inf]],
    ["log", (x) => x.log(), 0, [inf, -inf, inf]],
    ["log2", (x) => x.log2(), 0, [inf, -inf, inf]],
    ["log1p", (x) => x.log1p(), -1, [inf, -inf, inf]],
    ["reciprocal", (x) => x.reciprocal(), 0, [-inf, inf, -inf]],
    ["asin", (x) => x.asin(), 1, [inf, inf, inf]],
    ["asin", (x) => x.asin(), -1, [inf, -inf, inf]],
    ["acos", (x) => x.acos(), 1, [-inf, -inf, -inf]],
    ["acos", (x) => x.acos(), -1, [-inf, inf, -inf]],
    ["acosh", (x) => x.acosh(), 1, [inf, -inf, inf]],
    ["atanh", (x) => x.atanh(), 1, [inf, inf, inf]],
    ["atanh", (x) => x.atanh(), -1, [inf, -inf, inf]],
  ])("of %s", (_, f, x, derivatives) => expectDerivatives(f, x, derivatives));
});

describe("conventions hold at the second order too", () => {
  test.each<[string, Unary, number[], number[]]>([
    ["round", (x) => x.round(), [0, 0.5, inf], [0, 0]],
    ["floor", (x) => x.floor(), [0, 0.5, inf], [0, 0]],
    ["clamp", (x) => x.clamp(-1, 1), [-1, 0, 1], [1, 0]],
    ["the square of a clamp", (x) => x.clamp(1, 2).square(), [1], [2, 2]],
    ["fmod", (x) => x.fmod(2), [0, 4, 5], [1, 0]],
    ["remainder", (x) => x.remainder(-2), [0, 4, 5], [1, 0]],
    ["fmod, by the divisor", (x) => float64(7).fmod(x), [2], [-3, 0]],
    ["remainder, by the divisor", (x) => float64(7).remainder(x), [-2], [4, 0]],
  ])("of %s", (_, f, points, derivatives) => {
    for (const x of points) expectDerivatives(f, x, derivatives);
  });

  test("of atan2 at the origin, where every derivative is 0", () => {
    const first = (a: Tensor, b: Tensor) => grad((a: Tensor) => a.atan2(b))(a) as Tensor;
    const second = (a: Tensor, b: Tensor) => grad(first)(a, b) as Tensor;
    const mixed = (a: Tensor, b: Tensor) => grad((b: Tensor) => first(a, b))(b) as Tensor;
    for (const f of [first, second, mixed]) {
      expect(evaluate(f, float64(0), float64(0)).item()).toBe(0);
    }
  });
});
