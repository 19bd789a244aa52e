import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

const move = (shape: readonly number[], count: number, given: number) => {
  const axis = (given + shape.length) % shape.length;
  return {
    title: `[${shape}] ${count} times along ${given}`,
    shape,
    apply: (x: ReturnType<typeof float64>) => x.repeat(count, given),
    result: shape.with(axis, shape[axis]! * count),
    from: (index: readonly number[]) => index.with(axis, Math.floor(index[axis]! / count)),
  };
};

export const repeat = movement(
  "repeat",
  [
    move([3], 2, 0),
    move([3], 1, 0),
    move([2, 3], 3, 0),
    move([2, 3], 2, -1),
    move([2, 3, 2], 2, 1),
    move([2, 3], 0, 1),
    move([1], 4, 0),
    move([0, 3], 2, 0),
    move([0, 3], 2, 1),
  ],
  {
    leastRank: 1,
    errors: [
      {
        title: "a negative count",
        inputs: [float64([1, 2])],
        apply: (x) => x!.repeat(-1, 0),
        error: "ValueError",
        says: ["the count is -1", "at least 0"],
      },
      {
        title: "a scalar",
        inputs: [float64(1)],
        apply: (x) => x!.repeat(2, 0),
        error: "ShapeError",
        says: ["rank 0", "scalar"],
      },
      {
        title: "a result that nobody can hold",
        inputs: [float64([1, 2])],
        apply: (x) => x!.repeat(1e12, 0),
        error: "ShapeError",
        says: ["[2000000000000]", "bytes"],
      },
    ],
  },
);
