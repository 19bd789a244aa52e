import { tensor } from "../../src/index.js";
import { question } from "../support/question.js";
import { float64, nan } from "../support/values.js";

export const all = question(
  "all",
  (x, axes, options) => x.all(axes, options),
  (list) => list.every((x) => x !== 0),
  [
    {
      title: "of truths, of zeros, of NaN, which is not 0",
      inputs: [
        float64([
          [1, -0],
          [1, nan],
          [1e-300, -1],
        ]),
      ],
      apply: (x) => x!.all(1),
      value: [false, true, true],
    },
    {
      title: "of bool",
      inputs: [tensor([true, true, false])],
      apply: (x) => x!.all(),
      value: false,
    },
    {
      title: "a scalar",
      inputs: [tensor(true)],
      apply: (x) => x!.all(),
      value: true,
    },
  ],
);
