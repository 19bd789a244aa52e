import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, build, exactSum, indicesOf } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, int32, numeric, refusesBool } from "../support/values.js";
import { indexErrors } from "./gather.js";

const random = stream("scatterAdd");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);
const indices = (shape: Shape, bound: number) =>
  drawn(shape, (random) => Math.floor(bound * random()), random, "int32");

const sample = (title: string, inputs: [Tensor, Tensor, Tensor], given: number): Sample => ({
  title,
  inputs,
  apply: (x, index, source) => x!.scatterAdd(index!, source!, given),
  reference: (x, index, source) => {
    const axis = given < 0 ? given + x!.shape.length : given;
    const places = indicesOf(index!.shape);
    return build(x!.shape, (target) => {
      const added = places.filter(
        (place) => String(place.with(axis, at(index!, place))) === String(target),
      );
      return exactSum([at(x!, target), ...added.map((place) => at(source!, place))]);
    });
  },
  smooth: true,
});

export const scatterAdd: OpSamples = {
  differentiable: true,
  leastRank: 1,
  float32: 1e-6,
  samples: [
    ...[1, 3, 4, 5, 17].map((n) => sample(`${n} into 4`, [of([4]), indices([n], 4), of([n])], 0)),
    sample(
      "one each",
      [
        of([3, 2]),
        int32([
          [2, 2],
          [0, 1],
          [1, 0],
        ]),
        of([3, 2]),
      ],
      0,
    ),
    sample("rows", [of([4, 3]), indices([2, 3], 4), of([2, 3])], 0),
    sample("columns", [of([2, 4]), indices([2, 5], 4), of([2, 5])], -1),
    sample("middle axis", [of([2, 4, 3]), indices([2, 2, 3], 4), of([2, 2, 3])], 1),
    sample("nothing", [of([4, 3]), indices([0, 3], 4), of([0, 3])], 0),
    sample("into nothing", [of([4, 0]), indices([2, 0], 4), of([2, 0])], 0),
    sample("more than there are places", [of([2, 3]), indices([7, 3], 2), of([7, 3])], 0),
    sample("all into one", [of([3, 1]), indices([3, 4], 1), of([3, 4])], 1),
    sample("the first of three axes", [of([3, 2, 2]), indices([4, 2, 2], 3), of([4, 2, 2])], -3),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, [layout([3, 4], of), indices([2, 3], 4).transpose(), layout([3, 2], of)], 1),
      sample(
        `${title} places`,
        [of([3, 4]), layout([2, 4], (shape) => indices(shape, 3)), of([2, 4])],
        0,
      ),
    ]),
  ],
  specials: [
    {
      title: "repeats add up",
      inputs: [float64([1, 1, 1]), int32([2, 0, 2]), float64([10, 20, 30])],
      apply: (x, index, source) => x!.scatterAdd(index!, source!, 0),
      value: [21, 1, 41],
      gradient: [[1, 1, 1], undefined, [1, 1, 1]],
    },
  ],
  errors: [
    ...indexErrors((x, index) => x.scatterAdd(index, x.slice([0, index.size]), 0)),
    {
      title: "a source of another shape",
      inputs: [float64([1, 2, 3]), int32([0, 1]), float64([1])],
      apply: (x, index, source) => x!.scatterAdd(index!, source!, 0),
      error: "ShapeError",
      says: ["source is [1]", "index is [2]"],
    },
    {
      title: "a source of another dtype",
      inputs: [float64([1, 2, 3]).cast("float32"), int32([0]), float64([1])],
      apply: (x, index, source) => x!.scatterAdd(index!, source!, 0),
      error: "DTypeError",
      says: ["float32 and float64", '.cast("float32")'],
    },
    refusesBool((x) => x!.scatterAdd([0, 1], x!, 0)),
  ],
  dtypes: numeric,
};
