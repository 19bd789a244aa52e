import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

export const squeeze = movement(
  "squeeze",
  [
    {
      title: "all sides of 1",
      shape: [2, 1, 3, 1],
      apply: (x) => x.squeeze(),
      result: [2, 3],
      from: ([i, j]) => [i!, 0, j!, 0],
    },
    {
      title: "one of them",
      shape: [2, 1, 3, 1],
      apply: (x) => x.squeeze(-1),
      result: [2, 1, 3],
      from: ([i, , j]) => [i!, 0, j!, 0],
    },
    {
      title: "two of them",
      shape: [2, 1, 3, 1],
      apply: (x) => x.squeeze(3, 1),
      result: [2, 3],
      from: ([i, j]) => [i!, 0, j!, 0],
    },
    {
      title: "the first, from the end",
      shape: [1, 4],
      apply: (x) => x.squeeze(-2),
      result: [4],
      from: ([j]) => [0, j!],
    },
    {
      title: "down to a scalar",
      shape: [1, 1],
      apply: (x) => x.squeeze(),
      result: [],
      from: () => [0, 0],
    },
    {
      title: "no axis to remove",
      shape: [2, 3],
      apply: (x) => x.squeeze(),
      result: [2, 3],
      from: (index) => index,
    },
    { title: "a scalar", shape: [], apply: (x) => x.squeeze(), result: [], from: () => [] },
    {
      title: "no elements",
      shape: [0, 1],
      apply: (x) => x.squeeze(),
      result: [0],
      from: () => null,
    },
  ],
  {
    errors: [
      {
        title: "a side that is not 1",
        inputs: [float64([[1, 2]])],
        apply: (x) => x!.squeeze(1),
        error: "ShapeError",
        says: ["axis 1", "[1, 2]", "side 2"],
      },
      {
        title: "an axis out of range",
        inputs: [float64([[1, 2]])],
        apply: (x) => x!.squeeze(2),
        error: "ShapeError",
        says: ["axis 2", "rank 2"],
      },
    ],
  },
);
