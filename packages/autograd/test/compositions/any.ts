import { tensor } from "../../src/index.js";
import { question } from "../support/question.js";
import { float64, nan } from "../support/values.js";

export const any = question(
  "any",
  (x, axes, options) => x.any(axes, options),
  (list) => list.some((x) => x !== 0),
  [
    {
      title: "of truths, of zeros, of NaN, which is not 0",
      inputs: [
        float64([
          [0, -0],
          [0, nan],
          [1e-300, 0],
        ]),
      ],
      apply: (x) => x!.any(1),
      value: [false, true, true],
    },
    {
      title: "of bool",
      inputs: [tensor([false, true, false])],
      apply: (x) => x!.any(),
      value: true,
    },
    {
      title: "a scalar",
      inputs: [tensor(false)],
      apply: (x) => x!.any(),
      value: false,
    },
  ],
);
