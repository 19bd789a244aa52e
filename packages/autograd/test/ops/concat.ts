import { concat as concatAll, type Shape, type Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, build } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { any, float64 } from "../support/values.js";

const random = stream("concat");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

const sample = (title: string, inputs: readonly Tensor[], given: number): Sample => {
  const axis = given < 0 ? given + inputs[0]!.rank : given;
  return {
    title,
    inputs,
    apply: (...x) => concatAll(x, given),
    reference: (...x) => {
      const side = x.reduce((sum, { shape }) => sum + shape[axis]!, 0);
      return build(x[0]!.shape.with(axis, side), (index) => {
        let place = index[axis]!;
        for (const item of x) {
          if (place < item.shape[axis]!) return at(item, index.with(axis, place));
          place -= item.shape[axis]!;
        }
        throw new Error("past the end");
      });
    },
    smooth: true,
  };
};

export const concat: OpSamples = {
  differentiable: true,
  leastRank: 1,
  samples: [
    sample("vectors", [of([3]), of([2])], 0),
    sample("one alone", [of([3])], 0),
    sample("three matrices by rows", [of([2, 3]), of([1, 3]), of([3, 3])], 0),
    sample("by columns", [of([2, 3]), of([2, 1])], 1),
    sample("the last axis", [of([2, 2, 3]), of([2, 2, 1])], -1),
    sample("the middle axis", [of([2, 2, 3]), of([2, 1, 3])], -2),
    sample("with nothing", [of([0, 3]), of([2, 3]), of([0, 3])], 0),
    sample("nothing with nothing", [of([0, 3]), of([0, 3])], 1),
    sample("a vector and nothing", [of([4]), of([0])], 0),
    sample("single places", [of([1]), of([1]), of([1]), of([1]), of([1])], -1),
    sample("around a vector of lanes", [of([17]), of([3]), of([4])], 0),
    sample("columns of 1", [of([3, 1]), of([3, 1])], -1),
    sample("the first of three axes", [of([1, 2, 2]), of([2, 2, 2])], 0),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(`${title} rows`, [layout([3, 4], of), layout([2, 4], of)], 0),
      sample(`${title} columns`, [layout([3, 4], of), layout([3, 2], of)], 1),
    ]),
  ],
  specials: [
    {
      title: "one tensor twice collects both parts",
      inputs: [float64([1, 2])],
      apply: (x) => concatAll([x!, x!]),
      value: [1, 2, 1, 2],
      gradient: [[2, 2]],
    },
  ],
  errors: [
    {
      title: "sides that differ",
      inputs: [float64([[1, 2]]), float64([[1, 2]]), float64([[1, 2, 3]])],
      apply: (...x) => concatAll(x, 0),
      error: "ShapeError",
      says: ["item 2", "[1, 3]", "[any, 2]", "axis 0"],
    },
    {
      title: "ranks that differ",
      inputs: [float64([1]), float64([[1]])],
      apply: (...x) => concatAll(x),
      error: "ShapeError",
      says: ["item 1", "[1, 1]", "[any]"],
    },
    {
      title: "two dtypes",
      inputs: [float64([1]), float64([1]).cast("float32")],
      apply: (...x) => concatAll(x),
      error: "DTypeError",
      says: ["item 1 is float32", "item 0 is float64", '.cast("float64")'],
    },
    {
      title: "an axis out of range",
      inputs: [float64([1])],
      apply: (x) => concatAll([x!], 1),
      error: "ShapeError",
      says: ["axis 1", "rank 1"],
    },
    {
      title: "scalars",
      inputs: [float64(1), float64(2)],
      apply: (...x) => concatAll(x),
      error: "ShapeError",
      says: ["axis 0", "rank 0", "scalar"],
    },
    {
      title: "no tensors",
      inputs: [],
      apply: () => concatAll([]),
      error: "ValueError",
      says: ["the list is empty", "at least one"],
    },
  ],
  dtypes: any,
};
