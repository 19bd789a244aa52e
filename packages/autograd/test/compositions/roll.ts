import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

const move = (shape: readonly number[], shift: number, given: number) => {
  const axis = (given + shape.length) % shape.length;
  return {
    title: `[${shape}] by ${shift} along ${given}`,
    shape,
    apply: (x: ReturnType<typeof float64>) => x.roll(shift, given),
    result: shape,
    // One step at a time, backwards, from where an element came to rest.
    from: (index: readonly number[]) => {
      const side = shape[axis]!;
      let place = index[axis]!;
      for (let i = 0; i < Math.abs(shift); i++) {
        place += shift > 0 ? -1 : 1;
        if (place < 0) place = side - 1;
        if (place === side) place = 0;
      }
      return index.with(axis, place);
    },
  };
};

export const roll = movement(
  "roll",
  [
    move([5], 1, 0),
    move([5], -2, 0),
    move([5], 0, 0),
    move([3, 4], 5, 0),
    move([3, 4], -9, -1),
    move([3, 4], 4, 1),
    move([2, 3, 2], 2, -2),
    move([1], 3, 0),
    move([0, 3], 1, 0),
    move([0, 3], 1, 1),
  ],
  {
    leastRank: 1,
    errors: [
      {
        title: "half a place",
        inputs: [float64([1, 2])],
        apply: (x) => x!.roll(0.5, 0),
        error: "ValueError",
        says: ["the shift is 0.5", "an integer"],
      },
      {
        title: "an axis out of range",
        inputs: [float64([1, 2])],
        apply: (x) => x!.roll(1, 1),
        error: "ShapeError",
        says: ["axis 1", "rank 1"],
      },
    ],
  },
);
