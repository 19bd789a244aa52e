import { grad, type Tensor } from "../../src/index.js";
import { cumulative } from "../support/cumulative.js";
import type { Apply } from "../support/sample.js";
import { float64, inf, nan } from "../support/values.js";

export const cumprod = cumulative({
  name: "cumprod",
  f: (x, axis, options) => x.cumprod(axis, options),
  fold: (list) => list.reduceRight((product, x) => product * x, 1),
  specials: [
    {
      title: "one zero: the others' products pass",
      inputs: [float64([2, 0, 3, 4])],
      apply: (x) => x!.cumprod(0),
      value: [2, 0, 0, 0],
      gradient: [[1, 32, 0, 0]],
    },
    {
      title: "a zero at the start",
      inputs: [float64([0, 2, 3])],
      apply: (x) => x!.cumprod(0),
      value: [0, 0, 0],
      gradient: [[9, 0, 0]],
    },
    {
      title: "two zeros, one of them negative",
      inputs: [float64([2, 0, 3, -0])],
      apply: (x) => x!.cumprod(0),
      value: [2, 0, 0, -0],
      gradient: [[1, 8, 0, 0]],
    },
    {
      title: "the gradient of a gradient at zeros",
      inputs: [float64([0, 0, 5])],
      apply: grad((x: Tensor) => x.cumprod(0).sum()) as Apply,
      value: [1, 0, 0],
      gradient: [[6, 6, 0]],
    },
    {
      title: "the sign of 0",
      inputs: [float64([-1, 0, -1])],
      apply: (x) => x!.cumprod(0),
      value: [-1, -0, 0],
    },
    {
      title: "zero times infinity",
      inputs: [float64([inf, 0, 1])],
      apply: (x) => x!.cumprod(0),
      value: [inf, nan, nan],
    },
  ],
});
