import { movement } from "../support/movement.js";
import { float64 } from "../support/values.js";

export const split = movement(
  "split",
  [
    {
      title: "the second of three equal parts",
      shape: [6],
      apply: (x) => x.split(3)[1]!,
      result: [2],
      from: ([i]) => [2 + i!],
    },
    {
      title: "the last of parts of given sizes",
      shape: [2, 5],
      apply: (x) => x.split([2, 3], 1)[1]!,
      result: [2, 3],
      from: ([i, j]) => [i!, 2 + j!],
    },
    {
      title: "all parts, put together in another order",
      shape: [4, 3],
      apply: (x) => {
        const [first, second, third] = x.split([1, 0, 3]);
        return third!.concat([second!, first!]);
      },
      result: [4, 3],
      from: ([i, j]) => [(i! + 1) % 4, j!],
    },
    {
      title: "one part of all",
      shape: [2, 3],
      apply: (x) => x.split(1, -1)[0]!,
      result: [2, 3],
      from: (index) => index,
    },
    {
      title: "as many parts as places",
      shape: [2, 3, 2],
      apply: (x) => x.split(3, -2)[2]!,
      result: [2, 1, 2],
      from: ([i, , k]) => [i!, 2, k!],
    },
    {
      title: "a part of nothing",
      shape: [3],
      apply: (x) => x.split([0, 3])[0]!,
      result: [0],
      from: () => null,
    },
    {
      title: "nothing",
      shape: [0, 3],
      apply: (x) => x.split(2)[1]!,
      result: [0, 3],
      from: () => null,
    },
  ],
  {
    leastRank: 1,
    errors: [
      {
        title: "parts that cannot be equal",
        inputs: [float64([1, 2, 3, 4, 5])],
        apply: (x) => x!.split(2)[0]!,
        error: "ShapeError",
        says: ["axis 0 of [5]", "5 places", "2 equal parts", "give the size of each"],
      },
      {
        title: "sizes that do not make the side",
        inputs: [float64([[1, 2, 3]])],
        apply: (x) => x!.split([1, 1], 1)[0]!,
        error: "ShapeError",
        says: ["[1, 1] make 2", "axis 1 of [1, 3] has 3"],
      },
      {
        title: "a negative size",
        inputs: [float64([1, 2])],
        apply: (x) => x!.split([3, -1])[0]!,
        error: "ValueError",
        says: ["a size is -1", "at least 0"],
      },
      {
        title: "no parts",
        inputs: [float64([1, 2])],
        apply: (x) => x!.split(0)[0]!,
        error: "ValueError",
        says: ["the number of parts is 0", "at least 1"],
      },
      {
        title: "a scalar",
        inputs: [float64(1)],
        apply: (x) => x!.split(1)[0]!,
        error: "ShapeError",
        says: ["rank 0", "scalar"],
      },
    ],
  },
);
