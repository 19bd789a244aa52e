import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

export const permute = movement(
  "permute",
  [
    {
      title: "a matrix",
      shape: [2, 3],
      apply: (x) => x.permute([1, 0]),
      result: [3, 2],
      from: ([i, j]) => [j!, i!],
    },
    {
      title: "three axes",
      shape: [2, 3, 4],
      apply: (x) => x.permute([1, 2, 0]),
      result: [3, 4, 2],
      from: ([i, j, k]) => [k!, i!, j!],
    },
    {
      title: "axes from the end",
      shape: [2, 3, 4],
      apply: (x) => x.permute([-2, 0, -1]),
      result: [3, 2, 4],
      from: ([i, j, k]) => [j!, i!, k!],
    },
    {
      title: "every axis where it is",
      shape: [2, 3],
      apply: (x) => x.permute([0, 1]),
      result: [2, 3],
      from: (index) => index,
    },
    { title: "a scalar", shape: [], apply: (x) => x.permute([]), result: [], from: () => [] },
    {
      title: "no elements",
      shape: [0, 3, 2],
      apply: (x) => x.permute([2, 0, 1]),
      result: [2, 0, 3],
      from: () => null,
    },
  ],
  {
    errors: [
      {
        title: "too few axes",
        inputs: [float64([[1]])],
        apply: (x) => x!.permute([1]),
        error: "ShapeError",
        says: ["1 of 2 axes", "every axis once"],
      },
    ],
  },
);
