import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

export const flip = movement(
  "flip",
  [
    {
      title: "all axes",
      shape: [2, 3],
      apply: (x) => x.flip(),
      result: [2, 3],
      from: ([i, j]) => [1 - i!, 2 - j!],
    },
    {
      title: "the first",
      shape: [2, 3],
      apply: (x) => x.flip(0),
      result: [2, 3],
      from: ([i, j]) => [1 - i!, j!],
    },
    {
      title: "the last",
      shape: [2, 3],
      apply: (x) => x.flip(-1),
      result: [2, 3],
      from: ([i, j]) => [i!, 2 - j!],
    },
    {
      title: "two of three",
      shape: [2, 3, 4],
      apply: (x) => x.flip([2, 0]),
      result: [2, 3, 4],
      from: ([i, j, k]) => [1 - i!, j!, 3 - k!],
    },
    { title: "a scalar", shape: [], apply: (x) => x.flip(), result: [], from: () => [] },
    {
      title: "no elements",
      shape: [0, 3],
      apply: (x) => x.flip(),
      result: [0, 3],
      from: () => null,
    },
  ],
  {
    errors: [
      {
        title: "an axis out of range",
        inputs: [float64([1, 2])],
        apply: (x) => x!.flip(1),
        error: "ShapeError",
        says: ["axis 1", "rank 1", "-1 to 0"],
      },
      {
        title: "an axis twice",
        inputs: [float64([[1, 2]])],
        apply: (x) => x!.flip([0, -2]),
        error: "ShapeError",
        says: ["axis 0", "twice"],
      },
    ],
  },
);
