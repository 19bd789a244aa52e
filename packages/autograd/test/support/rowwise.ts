import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "./draw.js";
import { build, fold } from "./plain.js";
import type { OpSamples, Sample, Special } from "./sample.js";
import { float64 } from "./values.js";

interface Rowwise {
  readonly name: string;
  readonly f: (x: Tensor, axis?: number) => Tensor;
  /** The element at a place of a row. */
  readonly reference: (row: readonly number[], place: number) => number;
  readonly specials: readonly Special[];
}

/** The record of a function that turns each row along an axis into one of the same length. */
export function rowwise({ name, f, reference, specials }: Rowwise): OpSamples {
  const random = stream(name);
  const of = (shape: Shape) => drawn(shape, awayFromZero, random);
  const sample = (title: string, x: Tensor, given?: number): Sample => ({
    title,
    inputs: [x],
    apply: (x) => f(x!, given),
    reference: (x) => {
      const axis = ((given ?? -1) + x.shape.length) % x.shape.length;
      return build(x.shape, (index) => {
        const results = fold(x, [axis], (row) => reference(row, index[axis]!));
        const before = results.shape.reduce(
          (place, side, i) => place * side + index[i < axis ? i : i + 1]!,
          0,
        );
        return results.data[before]!;
      });
    },
    smooth: true,
  });
  return {
    differentiable: true,
    leastRank: 1,
    float32: 1e-6,
    samples: [
      ...[1, 3, 4, 5, 17].map((side) => sample(`[${side}]`, of([side]))),
      sample("rows", of([2, 3]), 1),
      sample("columns", of([2, 3]), 0),
      sample("the middle axis", of([2, 3, 2]), -2),
      sample("no rows", of([0, 3]), 1),
      sample("empty rows", of([2, 0]), 1),
      sample("rows of one", of([3, 1]), 1),
      sample("the first of three axes", of([2, 2, 3]), -3),
      sample("the last of three axes", of([2, 2, 3])),
      ...Object.entries(layouts).flatMap(([title, layout]) =>
        [0, 1].map((axis) => sample(title, layout([3, 4], of), axis)),
      ),
    ],
    specials,
    errors: [
      {
        title: "an axis out of range",
        inputs: [float64([1, 2])],
        apply: (x) => f(x!, 1),
        error: "ShapeError",
        says: ["axis 1", "rank 1", "-1 to 0"],
      },
      {
        title: "an axis out of range of nothing",
        inputs: [float64([])],
        apply: (x) => f(x!, 1),
        error: "ShapeError",
        says: ["axis 1", "rank 1"],
      },
      {
        title: "a scalar",
        inputs: [float64(1)],
        apply: (x) => f(x!),
        error: "ShapeError",
        says: ["rank 0", "scalar", "unsqueeze"],
      },
    ],
    dtypes: { float32: "float32", int32: null, bool: null },
  };
}
