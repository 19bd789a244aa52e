import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

export const unsqueeze = movement(
  "unsqueeze",
  [
    {
      title: "first",
      shape: [2, 3],
      apply: (x) => x.unsqueeze(0),
      result: [1, 2, 3],
      from: ([, i, j]) => [i!, j!],
    },
    {
      title: "last",
      shape: [2, 3],
      apply: (x) => x.unsqueeze(-1),
      result: [2, 3, 1],
      from: ([i, j]) => [i!, j!],
    },
    {
      title: "between",
      shape: [2, 3],
      apply: (x) => x.unsqueeze(1),
      result: [2, 1, 3],
      from: ([i, , j]) => [i!, j!],
    },
    {
      title: "before the last, counted from the end",
      shape: [5],
      apply: (x) => x.unsqueeze(-2),
      result: [1, 5],
      from: ([, j]) => [j!],
    },
    {
      title: "several places of the result",
      shape: [2, 3],
      apply: (x) => x.unsqueeze(0, 3, 2),
      result: [1, 2, 1, 1, 3],
      from: ([, i, , , j]) => [i!, j!],
    },
    {
      title: "a scalar",
      shape: [],
      apply: (x) => x.unsqueeze(0),
      result: [1],
      from: () => [],
    },
    {
      title: "no elements",
      shape: [0, 3],
      apply: (x) => x.unsqueeze(1),
      result: [0, 1, 3],
      from: () => null,
    },
  ],
  {
    errors: [
      {
        title: "an axis beyond the result",
        inputs: [float64([1, 2])],
        apply: (x) => x!.unsqueeze(2),
        error: "ShapeError",
        says: ["axis 2", "rank 2", "-2 to 1"],
      },
      {
        title: "a place twice",
        inputs: [float64([1, 2])],
        apply: (x) => x!.unsqueeze(0, -3),
        error: "ShapeError",
        says: ["axis 0", "twice"],
      },
    ],
  },
);
