import { exactSum } from "../support/plain.js";
import { reduction } from "../support/reduction.js";
import type { Special } from "../support/sample.js";
import { float64, inf, int32, nan } from "../support/values.js";

const ofZeros = (p: number): Special => ({
  title: `p = ${p} of zeros`,
  inputs: [
    float64([
      [0, 0],
      [-0, 0],
    ]),
  ],
  apply: (x) => x!.norm(1, { p }),
  value: [0, 0],
  gradient: [
    [
      [0, 0],
      [0, 0],
    ],
  ],
});

export const norm = reduction({
  name: "norm",
  f: (x, axes, options) => x.norm(axes, options),
  fold: (list) => Math.sqrt(exactSum(list.map((x) => x * x))),
  ofNothing: true,
  rest: {
    float32: 1e-6,
    dtypes: { float32: "float32", int32: null, bool: null },
    specials: [
      ...[1, 1.5, 2, 3, inf].map(ofZeros),
      {
        title: "p = 1",
        inputs: [float64([3, -4, 0])],
        apply: (x) => x!.norm(undefined, { p: 1 }),
        value: 7,
        gradient: [[1, -1, 0]],
      },
      {
        title: "p = 2 with a zero beside others",
        inputs: [float64([3, -4, 0])],
        apply: (x) => x!.norm(),
        value: 5,
        gradient: [[0.6, -0.8, 0]],
      },
      {
        title: "p = 3",
        inputs: [float64([3, -4, 5])],
        apply: (x) => x!.norm(0, { p: 3 }),
        value: 6,
        gradient: [[9 / 36, -16 / 36, 25 / 36]],
      },
      {
        title: "p = Infinity: ties share the sign evenly",
        inputs: [float64([4, -4, 1])],
        apply: (x) => x!.norm(0, { p: inf }),
        value: 4,
        gradient: [[0.5, -0.5, 0]],
      },
      {
        title: "of nothing",
        inputs: [float64([])],
        apply: (x) => x!.norm(),
        value: 0,
        gradient: [[]],
      },
      {
        title: "of NaN and of infinity",
        inputs: [
          float64([
            [nan, 1],
            [inf, 1],
          ]),
        ],
        apply: (x) => x!.norm(1),
        value: [nan, inf],
      },
    ],
    errors: [
      {
        title: "p below 1",
        inputs: [float64([1])],
        apply: (x) => x!.norm(0, { p: 0.5 }),
        error: "ValueError",
        says: ["p = 0.5", "at least 1"],
      },
      {
        title: "of integers",
        inputs: [int32([1, 2])],
        apply: (x) => x!.norm(),
        error: "DTypeError",
        says: ["int32", '.cast("float32")'],
      },
    ],
  },
});
