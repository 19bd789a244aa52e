import type { SliceRange } from "../../src/index.js";
import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

/** Where a range of Python's `range(side)[start:stop:step]` lands, worked out by walking it. */
const move = (
  shape: readonly number[],
  ranges: readonly SliceRange[],
  places: readonly (readonly number[])[],
) => {
  const kept = places.filter((_, axis) => typeof ranges[axis] !== "number");
  return {
    title: JSON.stringify(ranges),
    shape,
    apply: (x: ReturnType<typeof float64>) => x.slice(...ranges),
    result: kept.map((list) => list.length),
    from: (index: readonly number[]) => {
      let next = 0;
      return places.map((list, axis) =>
        typeof ranges[axis] === "number" ? list[0]! : list[index[next++]!]!,
      );
    },
  };
};

export const slice = movement(
  "slice",
  [
    move([5], [[1, 3]], [[1, 2]]),
    move([5], [[1, null]], [[1, 2, 3, 4]]),
    move([5], [[null, -1]], [[0, 1, 2, 3]]),
    move([5], [[-2, null]], [[3, 4]]),
    move([5], [[0, 9]], [[0, 1, 2, 3, 4]]),
    move([5], [[-9, 2]], [[0, 1]]),
    move([5], [[3, 1]], [[]]),
    move([5], [[7, null]], [[]]),
    move([5], [[null, null, 2]], [[0, 2, 4]]),
    move([5], [[1, null, 3]], [[1, 4]]),
    move([5], [[null, null, -1]], [[4, 3, 2, 1, 0]]),
    move([5], [[3, 0, -2]], [[3, 1]]),
    move([5], [[9, null, -2]], [[4, 2, 0]]),
    move([5], [[null, -9, -1]], [[4, 3, 2, 1, 0]]),
    move([5], [[-9, null, -1]], [[]]),
    move([5], [2], [[2]]),
    move([5], [-1], [[4]]),
    move([3, 4], [null, 1], [[0, 1, 2], [1]]),
    move([3, 4], [-1], [[2], [0, 1, 2, 3]]),
    move([3, 4], [1, -2], [[1], [2]]),
    move(
      [3, 4],
      [
        [null, null, -2],
        [1, 3],
      ],
      [
        [2, 0],
        [1, 2],
      ],
    ),
    move([0, 3], [null, [1, null]], [[], [1, 2]]),
    move([2, 0], [1], [[1], []]),
    move([], [], []),
  ],
  {
    errors: [
      {
        title: "a place outside",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.slice(3),
        error: "ShapeError",
        says: ["place 3", "axis 0", "[3]", "-3 to 2"],
      },
      {
        title: "a place on an empty axis",
        inputs: [float64([])],
        apply: (x) => x!.slice(0),
        error: "ShapeError",
        says: ["place 0", "[0]", "empty"],
      },
      {
        title: "too many ranges",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.slice(null, 0),
        error: "ShapeError",
        says: ["2 ranges", "[3]", "at most 1"],
      },
      {
        title: "a step of 0",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.slice([0, 2, 0]),
        error: "ShapeError",
        says: ["step 0", "axis 0"],
      },
      {
        title: "half a place",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.slice([0.5, 2]),
        error: "ShapeError",
        says: ["0.5", "axis 0", "integer"],
      },
      {
        title: "a place that is no number",
        inputs: [float64([1, 2, 3])],
        apply: (x) => x!.slice([0, Number.NaN]),
        error: "ShapeError",
        says: ["NaN", "axis 0", "integer"],
      },
    ],
  },
);
