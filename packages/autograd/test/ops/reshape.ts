import type { Shape } from "../../src/index.js";
import { movement } from "../support/movement.js";
import { indicesOf } from "../support/plain.js";
import { float64 } from "../support/values.js";

const move = (shape: Shape, to: Shape, result: Shape = to) => {
  const [sources, targets] = [indicesOf(shape), indicesOf(result).map(String)];
  return {
    title: `[${shape}] to [${to}]`,
    shape,
    apply: (x: ReturnType<typeof float64>) => x.reshape(to),
    result,
    from: (index: readonly number[]) => sources[targets.indexOf(String(index))]!,
  };
};

export const reshape = movement(
  "reshape",
  [
    move([], [1, 1]),
    move([2, 3], [3, 2]),
    move([2, 3], [-1], [6]),
    move([2, 3, 2], [4, -1], [4, 3]),
    move([1], []),
    move([0, 3], [3, 0]),
    move([0, 3], [0]),
    move([0, 3], [-1, 3], [0, 3]),
  ],
  {
    errors: [
      {
        title: "another number of elements",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.reshape([2, 2]),
        error: "ShapeError",
        says: ["[3]", "[2, 2]", "3 elements into 4", "must stay the same"],
      },
      {
        title: "a remainder",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.reshape([2, -1]),
        error: "ShapeError",
        says: ["[3]", "[2, -1]", "multiples of 2"],
      },
      {
        title: "two open sides",
        inputs: [float64([1, 2, 3, 4])],
        apply: (x) => x!.reshape([-1, -1]),
        error: "ShapeError",
        says: ["[-1, -1]", "only one side may be -1"],
      },
      {
        title: "a side that nothing determines",
        inputs: [float64([])],
        apply: (x) => x!.reshape([0, -1]),
        error: "ShapeError",
        says: ["[0, -1]"],
      },
      {
        title: "a fraction",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.reshape([1.5, 2]),
        error: "ShapeError",
        says: ["[1.5, 2]"],
      },
    ],
  },
);
