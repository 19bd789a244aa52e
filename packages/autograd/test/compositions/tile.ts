import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

const move = (shape: readonly number[], counts: readonly number[], result: readonly number[]) => ({
  title: `[${shape}] times [${counts}]`,
  shape,
  apply: (x: ReturnType<typeof float64>) => x.tile(counts),
  result,
  from: (index: readonly number[]) => {
    const own = index.slice(index.length - shape.length);
    return own.map((i, axis) => i % shape[axis]!);
  },
});

export const tile = movement(
  "tile",
  [
    move([3], [2], [6]),
    move([2, 3], [2, 3], [4, 9]),
    move([2, 3], [2], [2, 6]),
    move([3], [2, 2], [2, 6]),
    move([2, 1, 3], [1, 4, 1], [2, 4, 3]),
    move([2, 3], [], [2, 3]),
    move([2, 3], [0, 1], [0, 3]),
    move([], [3], [3]),
    move([], [], []),
    move([0, 3], [2, 2], [0, 6]),
  ],
  {
    errors: [
      {
        title: "a negative count",
        inputs: [float64([1, 2])],
        apply: (x) => x!.tile([-1]),
        error: "ValueError",
        says: ["a count is -1", "at least 0"],
      },
      {
        title: "half a time",
        inputs: [float64([1, 2])],
        apply: (x) => x!.tile([2.5]),
        error: "ValueError",
        says: ["a count is 2.5", "integer"],
      },
      {
        title: "a result that nobody can hold",
        inputs: [float64([1, 2])],
        apply: (x) => x!.tile([1e6, 1e6]),
        error: "ShapeError",
        says: ["[1000000, 2000000]", "bytes"],
      },
    ],
  },
);
