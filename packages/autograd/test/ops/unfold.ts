import type { Tensor } from "../../src/index.js";
import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

interface Options {
  readonly step?: number;
  readonly dilation?: number;
}

const move = (
  shape: readonly number[],
  [given, size, options = {}]: readonly [axis: number, size: number, options?: Options],
  windows: number,
) => {
  const axis = given < 0 ? given + shape.length : given;
  const { step = 1, dilation = 1 } = options;
  return {
    title: `[${shape}] along ${given} by ${size}, ${JSON.stringify(options)}`,
    shape,
    apply: (x: Tensor) => x.unfold(given, size, options),
    result: [...shape.with(axis, windows), size],
    from: (index: readonly number[]) =>
      index.slice(0, -1).with(axis, step * index[axis]! + dilation * index.at(-1)!),
  };
};

export const unfold = movement(
  "unfold",
  [
    move([1], [0, 1], 1),
    move([3], [0, 1], 3),
    move([3], [0, 3], 1),
    move([4], [-1, 2], 3),
    move([5], [0, 2, { step: 2 }], 2),
    move([5], [0, 3, { dilation: 2 }], 1),
    move([17], [0, 4, { step: 3, dilation: 2 }], 4),
    move([3, 4], [0, 2], 2),
    move([3, 4], [-1, 2, { step: 2 }], 2),
    move([2, 5, 2], [1, 2, { dilation: 3 }], 2),
    move([2, 5, 2], [-3, 2], 1),
    move([2, 3, 4], [-2, 2], 2),
    move([0, 3], [1, 2], 2),
    move([3, 0], [0, 2], 2),
  ],
  {
    leastRank: 1,
    specials: [
      {
        title: "windows that overlap add their gradients",
        inputs: [float64([1, 2, 3, 4])],
        apply: (x) => x!.unfold(0, 3),
        value: [
          [1, 2, 3],
          [2, 3, 4],
        ],
        gradient: [[1, 2, 2, 1]],
      },
      {
        title: "what no window reaches has the gradient 0",
        inputs: [float64([1, 2, 3, 4, 5, 6])],
        apply: (x) => x!.unfold(0, 2, { step: 3, dilation: 2 }),
        value: [
          [1, 3],
          [4, 6],
        ],
        gradient: [[1, 0, 1, 1, 0, 1]],
      },
    ],
    errors: [
      {
        title: "a window longer than the axis",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.unfold(0, 3, { dilation: 2 }),
        error: "ShapeError",
        says: ["size 3", "dilation 2", "spans 5", "axis 0 of [3] is 3", "pad"],
      },
      {
        title: "a window of nothing",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.unfold(0, 0),
        error: "ValueError",
        says: ["size = 0", "at least 1"],
      },
      {
        title: "a step of 0",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.unfold(0, 2, { step: 0 }),
        error: "ValueError",
        says: ["step = 0", "at least 1"],
      },
      {
        title: "half a dilation",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.unfold(0, 2, { dilation: 0.5 }),
        error: "ValueError",
        says: ["dilation = 0.5", "integer"],
      },
      {
        title: "an axis out of range",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.unfold(1, 2),
        error: "ShapeError",
        says: ["axis 1", "rank 1", "-1 to 0"],
      },
    ],
  },
);
