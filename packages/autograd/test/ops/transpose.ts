import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

export const transpose = movement(
  "transpose",
  [
    {
      title: "the last two axes",
      shape: [2, 3, 4],
      apply: (x) => x.transpose(),
      result: [2, 4, 3],
      from: ([i, j, k]) => [i!, k!, j!],
    },
    {
      title: "a matrix",
      shape: [2, 3],
      apply: (x) => x.transpose(),
      result: [3, 2],
      from: ([i, j]) => [j!, i!],
    },
    {
      title: "an order",
      shape: [2, 3, 4],
      apply: (x) => x.transpose([2, 0, 1]),
      result: [4, 2, 3],
      from: ([i, j, k]) => [j!, k!, i!],
    },
    {
      title: "a negative order",
      shape: [2, 3, 4],
      apply: (x) => x.transpose([-1, 1, 0]),
      result: [4, 3, 2],
      from: ([i, j, k]) => [k!, j!, i!],
    },
    {
      title: "a vector stays",
      shape: [3],
      apply: (x) => x.transpose(),
      result: [3],
      from: (index) => index,
    },
    { title: "a scalar stays", shape: [], apply: (x) => x.transpose(), result: [], from: () => [] },
    {
      title: "no elements",
      shape: [0, 3],
      apply: (x) => x.transpose(),
      result: [3, 0],
      from: () => null,
    },
  ],
  {
    errors: [
      {
        title: "an axis out of range",
        inputs: [float64([[1]])],
        apply: (x) => x!.transpose([0, 2]),
        error: "ShapeError",
        says: ["axis 2", "rank 2", "-2 to 1"],
      },
      {
        title: "an axis twice",
        inputs: [float64([[1]])],
        apply: (x) => x!.transpose([0, -2]),
        error: "ShapeError",
        says: ["axis 0", "twice"],
      },
      {
        title: "too few axes",
        inputs: [float64([[1]])],
        apply: (x) => x!.transpose([0]),
        error: "ShapeError",
        says: ["1 of 2 axes", "every axis once"],
      },
    ],
  },
);
