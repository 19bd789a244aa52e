import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

const within = (index: readonly number[], shape: readonly number[]) =>
  index.every((i, axis) => Number.isInteger(i) && i >= 0 && i < shape[axis]!) ? index : null;

export const pad = movement(
  "pad",
  [
    {
      title: "before and after",
      shape: [3],
      apply: (x) => x.pad([[1, 2]]),
      result: [6],
      from: ([i]) => within([i! - 1], [3]),
    },
    {
      title: "two axes, with a value",
      shape: [2, 3],
      apply: (x) =>
        x.pad(
          [
            [0, 1],
            [2, 0],
          ],
          { value: -7 },
        ),
      result: [3, 5],
      from: ([i, j]) => within([i!, j! - 2], [2, 3]),
      filler: -7,
    },
    {
      title: "gaps between neighbours",
      shape: [2, 3],
      apply: (x) =>
        x.pad(
          [
            [0, 0],
            [1, 1],
          ],
          { gaps: [1, 2] },
        ),
      result: [3, 9],
      from: ([i, j]) => within([i! / 2, (j! - 1) / 3], [2, 3]),
    },
    {
      title: "nothing",
      shape: [2, 3],
      apply: (x) =>
        x.pad([
          [0, 0],
          [0, 0],
        ]),
      result: [2, 3],
      from: (index) => index,
    },
    {
      title: "an infinity",
      shape: [2],
      apply: (x) => x.pad([[1, 0]], { value: Number.NEGATIVE_INFINITY }),
      result: [3],
      from: ([i]) => within([i! - 1], [2]),
      filler: Number.NEGATIVE_INFINITY,
    },
    {
      title: "more than the widths' product allows a shape",
      shape: [2],
      apply: (x) => x.pad([[40_000, 50_000]]).slice([39_999, 40_003]),
      result: [4],
      from: ([i]) => within([i! - 1], [2]),
    },
    { title: "a scalar", shape: [], apply: (x) => x.pad([]), result: [], from: () => [] },
    {
      title: "no elements",
      shape: [0, 3],
      apply: (x) =>
        x.pad(
          [
            [1, 1],
            [0, 0],
          ],
          { value: 5 },
        ),
      result: [2, 3],
      from: () => null,
      filler: 5,
    },
  ],
  {
    errors: [
      {
        title: "widths for another rank",
        inputs: [float64([1, 2])],
        apply: (x) =>
          x!.pad([
            [1, 1],
            [0, 0],
          ]),
        error: "ShapeError",
        says: ["2 widths", "[2]", "1 pair"],
      },
      {
        title: "a negative width",
        inputs: [float64([1, 2])],
        apply: (x) => x!.pad([[-1, 0]]),
        error: "ShapeError",
        says: ["-1", "at least 0"],
      },
      {
        title: "a result that nobody can hold",
        inputs: [float64([[1, 2]])],
        apply: (x) =>
          x!.pad([
            [0, 1e6],
            [0, 1e6],
          ]),
        error: "ShapeError",
        says: ["[1000001, 1000002]", "bytes"],
      },
    ],
  },
);
