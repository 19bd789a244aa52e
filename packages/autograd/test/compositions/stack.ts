import { type Shape, stack as stackAll, type Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, build } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { any, float64 } from "../support/values.js";

const random = stream("stack");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

const sample = (title: string, inputs: readonly Tensor[], given: number): Sample => {
  const { shape, rank } = inputs[0]!;
  const axis = given < 0 ? given + rank + 1 : given;
  return {
    title,
    inputs,
    apply: (...x) => stackAll(x, given),
    reference: (...x) =>
      build(shape.toSpliced(axis, 0, x.length), (index) =>
        at(x[index[axis]!]!, index.toSpliced(axis, 1)),
      ),
    smooth: true,
  };
};

export const stack: OpSamples = {
  differentiable: true,
  samples: [
    sample("scalars", [of([]), of([]), of([])], 0),
    sample("vectors as rows", [of([3]), of([3])], 0),
    sample("vectors as columns", [of([3]), of([3])], 1),
    sample("the last axis", [of([2, 3]), of([2, 3])], -1),
    sample("one alone", [of([2, 3])], 1),
    sample("one scalar", [of([])], -1),
    ...[1, 3, 4, 5, 17].map((n) =>
      sample(
        `${n} vectors`,
        Array.from({ length: n }, () => of([2])),
        0,
      ),
    ),
    sample("the axis from the end", [of([2, 3]), of([2, 3])], -3),
    sample("matrices beside each other", [of([2, 3]), of([2, 3]), of([2, 3])], 1),
    sample("no elements", [of([0, 3]), of([0, 3])], 1),
    sample("no elements in the middle", [of([2, 0]), of([2, 0])], 2),
    ...Object.entries(layouts).flatMap(([title, layout]) =>
      [0, 1].map((axis) => sample(title, [layout([3, 4], of), layout([3, 4], of)], axis)),
    ),
  ],
  specials: [],
  errors: [
    {
      title: "shapes that differ",
      inputs: [float64([1, 2]), float64([3, 4]), float64([5, 6, 7])],
      apply: (...x) => stackAll(x),
      error: "ShapeError",
      says: ["item 2", "[3]", "expected [2]"],
    },
    {
      title: "an axis out of range",
      inputs: [float64([1]), float64([1])],
      apply: (...x) => stackAll(x, 2),
      error: "ShapeError",
      says: ["axis 2", "rank 2"],
    },
    {
      title: "two dtypes",
      inputs: [float64([1]), float64([1]).cast("float32")],
      apply: (...x) => stackAll(x),
      error: "DTypeError",
      says: ["item 1 is float32", "item 0 is float64"],
    },
    {
      title: "no tensors",
      inputs: [],
      apply: () => stackAll([]),
      error: "ValueError",
      says: ["the list is empty"],
    },
  ],
  dtypes: any,
};
