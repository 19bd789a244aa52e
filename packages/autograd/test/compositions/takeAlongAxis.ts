import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, build } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { any, float64, int32 } from "../support/values.js";

const random = stream("takeAlongAxis");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);
const indices = (shape: Shape, bound: number) =>
  drawn(shape, (random) => Math.floor(bound * random()), random, "int32");

const sample = (title: string, x: Tensor, index: Tensor, given: number): Sample => ({
  title: `${title}: [${x.shape}] at [${index.shape}]`,
  inputs: [x, index],
  apply: (x, index) => x!.takeAlongAxis(index!, given),
  reference: (x, index) => {
    const axis = (given + x!.shape.length) % x!.shape.length;
    const shape = x!.shape.map((side, i) => {
      const other = index!.shape[i]!;
      return i === axis || side === 1 ? other : side;
    });
    return build(shape, (place) => at(x!, place.with(axis, at(index!, place))));
  },
  smooth: true,
});

export const takeAlongAxis: OpSamples = {
  differentiable: true,
  leastRank: 1,
  samples: [
    ...[0, 1, 3, 4, 5, 17].map((n) => sample(`${n} of 4`, of([4]), indices([n], 4), 0)),
    sample("one of each row", of([3, 4]), indices([3, 1], 4), 1),
    sample("one of each column", of([3, 4]), indices([1, 4], 3), 0),
    sample("one index for all rows", of([3, 4]), indices([1, 2], 4), 1),
    sample("one row for all indices", of([1, 4]), indices([3, 2], 4), -1),
    sample("both broadcast", of([2, 1, 4]), indices([1, 3, 2], 4), -1),
    sample("the middle axis", of([2, 4, 3]), indices([2, 2, 1], 4), 1),
    sample("the first axis", of([4, 1, 3]), indices([2, 2, 1], 4), -3),
    sample("no indices", of([4, 3]), indices([0, 1], 4), 0),
    sample("no rows", of([0, 3]), indices([1, 2], 3), 1),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([3, 4], of), indices([1, 5], 4), 1),
      sample(title, layout([3, 4], of), indices([4, 2], 3).transpose(), 0),
    ]),
  ],
  specials: [
    {
      title: "a broadcast index collects the gradients",
      inputs: [
        float64([
          [1, 2],
          [3, 4],
        ]),
        int32([[1, 1, 0]]),
      ],
      apply: (x, index) => x!.takeAlongAxis(index!, 1),
      value: [
        [2, 2, 1],
        [4, 4, 3],
      ],
      gradient: [
        [
          [1, 2],
          [1, 2],
        ],
      ],
    },
    {
      title: "a literal index",
      inputs: [float64([[10, 20]])],
      apply: (x) => x!.takeAlongAxis([[1], [0]], 1),
      value: [[20], [10]],
      gradient: [[[1, 1]]],
    },
  ],
  errors: [
    {
      title: "an index of another rank",
      inputs: [float64([[1, 2]]), int32([0])],
      apply: (x, index) => x!.takeAlongAxis(index!, 1),
      error: "ShapeError",
      says: ["[1]", "[1, 2]", "rank"],
    },
    {
      title: "sides that do not broadcast",
      inputs: [float64([[1], [2]]), int32([[0], [0], [0]])],
      apply: (x, index) => x!.takeAlongAxis(index!, 1),
      error: "ShapeError",
      says: ["[2, 1]", "[3, 1]", "axis 0 is 2 against 3"],
    },
    {
      title: "an index of floats",
      inputs: [float64([1]), float64([0])],
      apply: (x, index) => x!.takeAlongAxis(index!, 0),
      error: "DTypeError",
      says: ["float64", "int32"],
    },
    {
      title: "an index beyond the end",
      inputs: [float64([1, 2]), int32([2])],
      apply: (x, index) => x!.takeAlongAxis(index!, 0),
      error: "IndexError",
      says: ["index 2", "0 to 1"],
    },
    {
      title: "an axis out of range",
      inputs: [float64([1]), int32([0])],
      apply: (x, index) => x!.takeAlongAxis(index!, 1),
      error: "ShapeError",
      says: ["axis 1", "rank 1"],
    },
  ],
  dtypes: any,
};
