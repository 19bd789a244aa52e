import { grad, type Tensor } from "../../src/index.js";
import { reduction } from "../support/reduction.js";
import type { Apply } from "../support/sample.js";
import { float64, inf, nan, numeric, refusesBool } from "../support/values.js";

/** The mantissas and the exponents apart: neither overflows, and few roundings are shared. */
const product = (list: readonly number[]): number => {
  let [mantissa, exponent] = [1, 0];
  for (const x of list.toReversed()) {
    const own = x === 0 ? 0 : Math.floor(Math.log2(Math.abs(x)));
    mantissa *= x / 2 ** own;
    exponent += own;
    if (Math.abs(mantissa) < 2) continue;
    mantissa /= 2;
    exponent += 1;
  }
  return mantissa * 2 ** exponent;
};

export const prod = reduction({
  name: "prod",
  f: (x, axes, options) => x.prod(axes, options),
  fold: product,
  // Products of 300 stay in range.
  draw: (random) => (random() < 0.5 ? -1 : 1) * (0.8 + 0.4 * random()),
  ofNothing: true,
  rest: {
    float32: 1e-5,
    dtypes: numeric,
    errors: [refusesBool((x) => x!.prod()), refusesBool((x) => x!.slice(0).prod())],
    specials: [
      {
        title: "one zero: only its element has a slope",
        inputs: [float64([2, 0, 3, 4])],
        apply: (x) => x!.prod(),
        value: 0,
        gradient: [[0, 24, 0, 0]],
      },
      {
        title: "two zeros: none has",
        inputs: [float64([2, 0, 3, -0])],
        apply: (x) => x!.prod(),
        value: -0,
        gradient: [[0, 0, 0, 0]],
      },
      {
        title: "a zero in one row",
        inputs: [
          float64([
            [1, 2, 3],
            [0, 5, 6],
          ]),
        ],
        apply: (x) => x!.prod(1),
        value: [6, 0],
        gradient: [
          [
            [6, 3, 2],
            [30, 0, 0],
          ],
        ],
      },
      {
        title: "the gradient of a gradient at zeros",
        inputs: [float64([0, 0, 5])],
        apply: grad((x: Tensor) => x.prod()) as Apply,
        value: [0, 0, 0],
        gradient: [[5, 5, 0]],
      },
      {
        title: "beyond the largest number",
        inputs: [float64([1e200, 1e200, 1e-200])],
        apply: (x) => x!.prod(),
        value: inf,
        gradient: [[1, 1, inf]],
      },
      {
        title: "zero times infinity, and NaN",
        inputs: [
          float64([
            [0, inf],
            [nan, 0],
          ]),
        ],
        apply: (x) => x!.prod(1),
        value: [nan, nan],
      },
      {
        title: "of nothing",
        inputs: [float64([])],
        apply: (x) => x!.prod(),
        value: 1,
        gradient: [[]],
      },
    ],
  },
});
