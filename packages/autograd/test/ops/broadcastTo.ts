import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

export const broadcastTo = movement(
  "broadcastTo",
  [
    {
      title: "a scalar everywhere",
      shape: [],
      apply: (x) => x.broadcastTo([2, 3]),
      result: [2, 3],
      from: () => [],
    },
    {
      title: "a new leading axis",
      shape: [3],
      apply: (x) => x.broadcastTo([2, 3]),
      result: [2, 3],
      from: ([, j]) => [j!],
    },
    {
      title: "sides of 1",
      shape: [2, 1, 3, 1],
      apply: (x) => x.broadcastTo([2, 4, 3, 2]),
      result: [2, 4, 3, 2],
      from: ([i, , k]) => [i!, 0, k!, 0],
    },
    {
      title: "a side of 1 in front",
      shape: [1, 3],
      apply: (x) => x.broadcastTo([4, 3]),
      result: [4, 3],
      from: ([, j]) => [0, j!],
    },
    {
      title: "a side of 1 behind",
      shape: [3, 1],
      apply: (x) => x.broadcastTo([3, 5]),
      result: [3, 5],
      from: ([i]) => [i!, 0],
    },
    {
      title: "new axes and a side of 1 at once",
      shape: [2, 1],
      apply: (x) => x.broadcastTo([1, 3, 2, 4]),
      result: [1, 3, 2, 4],
      from: ([, , i]) => [i!, 0],
    },
    {
      title: "its own shape",
      shape: [2, 3],
      apply: (x) => x.broadcastTo([2, 3]),
      result: [2, 3],
      from: (index) => index,
    },
    {
      title: "to no elements",
      shape: [1, 3],
      apply: (x) => x.broadcastTo([0, 3]),
      result: [0, 3],
      from: () => [0, 0],
    },
    {
      title: "no elements",
      shape: [0, 3],
      apply: (x) => x.broadcastTo([2, 0, 3]),
      result: [2, 0, 3],
      from: () => null,
    },
  ],
  {
    errors: [
      {
        title: "a side that shrinks",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.broadcastTo([3, 1]),
        error: "ShapeError",
        says: ["[3]", "[3, 1]", "grow from 1"],
      },
      {
        title: "sides that differ",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.broadcastTo([2, 4]),
        error: "ShapeError",
        says: ["[3]", "[2, 4]", "axis 1 is 3 against 4"],
      },
      {
        title: "an impossible side",
        inputs: [float64(1)],
        apply: (x) => x!.broadcastTo([-1]),
        error: "ShapeError",
        says: ["[-1]", "at least 0"],
      },
    ],
  },
);
