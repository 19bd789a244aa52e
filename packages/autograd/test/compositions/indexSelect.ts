import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, build } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { any, float64, int32 } from "../support/values.js";

const random = stream("indexSelect");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);
const indices = (count: number, bound: number) =>
  drawn([count], (random) => Math.floor(bound * random()), random, "int32");

const sample = (title: string, x: Tensor, index: Tensor, given: number): Sample => ({
  title: `${title}: ${index.size} of [${x.shape}]`,
  inputs: [x, index],
  apply: (x, index) => x!.indexSelect(index!, given),
  reference: (x, index) => {
    const axis = (given + x!.shape.length) % x!.shape.length;
    return build(x!.shape.with(axis, index!.data.length), (place) =>
      at(x!, place.with(axis, index!.data[place[axis]!]!)),
    );
  },
  smooth: true,
});

export const indexSelect: OpSamples = {
  differentiable: true,
  leastRank: 1,
  samples: [
    ...[0, 1, 3, 4, 5, 17].map((n) => sample("a vector", of([4]), indices(n, 4), 0)),
    sample("rows", of([4, 3]), indices(5, 4), 0),
    sample("columns", of([3, 4]), indices(2, 4), 1),
    sample("the last axis", of([2, 2, 4]), indices(3, 4), -1),
    sample("the middle axis", of([2, 4, 2]), indices(6, 4), -2),
    sample("one place", of([2, 1]), indices(3, 1), 1),
    sample("no indices", of([4, 3]), indices(0, 4), 0),
    sample("no rows", of([0, 3]), indices(2, 3), 1),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([3, 4], of), indices(4, 3), 0),
      sample(title, layout([3, 4], of), indices(6, 4).slice([null, null, -2]), 1),
    ]),
  ],
  specials: [
    {
      title: "repeats collect their gradients",
      inputs: [
        float64([
          [1, 2],
          [3, 4],
        ]),
        int32([1, 1]),
      ],
      apply: (x, index) => x!.indexSelect(index!, 0),
      value: [
        [3, 4],
        [3, 4],
      ],
      gradient: [
        [
          [0, 0],
          [2, 2],
        ],
      ],
    },
    {
      title: "a literal index",
      inputs: [float64([10, 20])],
      apply: (x) => x!.indexSelect([1], 0),
      value: [20],
      gradient: [[0, 1]],
    },
  ],
  errors: [
    {
      title: "an index that is no vector",
      inputs: [float64([1, 2]), int32([[0]])],
      apply: (x, index) => x!.indexSelect(index!, 0),
      error: "ShapeError",
      says: ["[1, 1]", "expected a vector"],
    },
    {
      title: "an index of floats",
      inputs: [float64([1]), float64([0])],
      apply: (x, index) => x!.indexSelect(index!, 0),
      error: "DTypeError",
      says: ["float64", "int32"],
    },
    {
      title: "an index beyond the end",
      inputs: [float64([1, 2]), int32([0, -1])],
      apply: (x, index) => x!.indexSelect(index!, 0),
      error: "IndexError",
      says: ["index -1", "position 1", "0 to 1"],
    },
    {
      title: "an axis out of range",
      inputs: [float64([1]), int32([0])],
      apply: (x, index) => x!.indexSelect(index!, 1),
      error: "ShapeError",
      says: ["axis 1", "rank 1"],
    },
  ],
  dtypes: any,
};
