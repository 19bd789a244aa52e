import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, build } from "../support/plain.js";
import type { ErrorCase, OpSamples, Sample } from "../support/sample.js";
import { any, float64, int32 } from "../support/values.js";

const random = stream("gather");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);
const indices = (shape: Shape, bound: number) =>
  drawn(shape, (random) => Math.floor(bound * random()), random, "int32");

const sample = (title: string, x: Tensor, index: Tensor, given: number): Sample => ({
  title,
  inputs: [x, index],
  apply: (x, index) => x!.gather(index!, given),
  reference: (x, index) => {
    const axis = given < 0 ? given + x!.shape.length : given;
    return build(index!.shape, (place) => at(x!, place.with(axis, at(index!, place))));
  },
  smooth: true,
});

/** Indices beyond the bound, of another dtype or shape: common to all that index along an axis. */
export const indexErrors = (f: (x: Tensor, index: Tensor) => Tensor): ErrorCase[] => [
  {
    title: "an index beyond the end",
    inputs: [float64([1, 2, 3]), int32([0, 3])],
    apply: (x, index) => f(x!, index!),
    error: "IndexError",
    says: ["index 3", "position 1", "0 to 2"],
  },
  {
    title: "a negative index",
    inputs: [float64([1, 2, 3]), int32([-1])],
    apply: (x, index) => f(x!, index!),
    error: "IndexError",
    says: ["index -1", "position 0", "0 to 2"],
  },
  {
    title: "an index of floats",
    inputs: [float64([1, 2, 3]), float64([1])],
    apply: (x, index) => f(x!, index!),
    error: "DTypeError",
    says: ["float64", "int32"],
  },
  {
    title: "an index of another rank",
    inputs: [float64([1, 2, 3]), int32([[1]])],
    apply: (x, index) => f(x!, index!),
    error: "ShapeError",
    says: ["[1, 1]", "[any]"],
  },
];

export const gather: OpSamples = {
  differentiable: true,
  leastRank: 1,
  samples: [
    ...[1, 3, 4, 5, 17].map((n) => sample(`${n} of 4`, of([4]), indices([n], 4), 0)),
    sample("rows", of([4, 3]), indices([2, 3], 4), 0),
    sample("columns", of([2, 4]), indices([2, 5], 4), -1),
    sample("middle axis", of([2, 4, 3]), indices([2, 2, 3], 4), 1),
    sample("no indices", of([4, 3]), indices([0, 3], 4), 0),
    sample("no elements beside the axis", of([4, 0]), indices([2, 0], 4), 0),
    sample("more picks than places", of([2, 3]), indices([7, 3], 2), 0),
    sample("one of one", of([3, 1]), indices([3, 4], 1), 1),
    sample("the first of three axes", of([3, 2, 2]), indices([4, 2, 2], 3), -3),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([3, 4], of), indices([4, 3], 4).transpose(), 1),
      sample(
        `${title} picks`,
        of([3, 4]),
        layout([2, 4], (shape) => indices(shape, 3)),
        0,
      ),
    ]),
  ],
  specials: [
    {
      title: "repeats collect their gradients",
      inputs: [float64([10, 20, 30]), int32([2, 0, 2, 2])],
      apply: (x, index) => x!.gather(index!, 0),
      value: [30, 10, 30, 30],
      gradient: [[1, 0, 3]],
    },
    {
      title: "a literal index",
      inputs: [float64([10, 20])],
      apply: (x) => x!.gather([1, 1], 0),
      value: [20, 20],
      gradient: [[0, 2]],
    },
  ],
  errors: indexErrors((x, index) => x.gather(index, 0)),
  dtypes: any,
};
