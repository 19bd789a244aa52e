import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { einsum } from "../support/product.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, inf, nan, numeric, refusesBool } from "../support/values.js";

const random = stream("outer");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

const sample = (title: string, a: Tensor, b: Tensor): Sample => ({
  title: `${title} [${a.shape}], [${b.shape}]`,
  inputs: [a, b],
  apply: (a, b) => a!.outer(b!),
  reference: einsum("i,j->ij"),
  smooth: true,
});

const ways = Object.entries(layouts).filter(([title]) => title !== "repeated");

export const outer: OpSamples = {
  differentiable: true,
  leastRank: 1,
  samples: [
    ...[0, 1, 3, 4, 5, 17].flatMap((n) => [
      sample("left", of([n]), of([2])),
      sample("right", of([3]), of([n])),
    ]),
    sample("both of one", of([1]), of([1])),
    sample("both of none", of([0]), of([0])),
    ...ways.flatMap(([title, layout]) => [
      sample(`${title} left`, layout([4], of), of([3])),
      sample(`${title} right`, of([3]), layout([4], of)),
    ]),
    sample("one number, repeated", of([1]).broadcastTo([3]), of([2])),
  ],
  specials: [
    {
      title: "a vector with itself",
      inputs: [float64([1, 2])],
      apply: (x) => x!.outer(x!),
      value: [
        [1, 2],
        [2, 4],
      ],
      gradient: [[6, 6]],
    },
    {
      title: "0 · inf and NaN",
      inputs: [float64([0, 1]), float64([inf, nan])],
      apply: (a, b) => a!.outer(b!),
      value: [
        [nan, nan],
        [inf, nan],
      ],
    },
  ],
  errors: [
    {
      title: "a matrix",
      inputs: [of([2, 2]), of([2])],
      apply: (a, b) => a!.outer(b!),
      error: "ShapeError",
      says: ["[2, 2] and [2]", "vectors", "einsum"],
    },
    {
      title: "a scalar",
      inputs: [of([2]), of([])],
      apply: (a, b) => a!.outer(b!),
      error: "ShapeError",
      says: ["[2] and []", "vectors"],
    },
    {
      title: "two dtypes",
      inputs: [of([1]), of([1]).cast("float32")],
      apply: (a, b) => a!.outer(b!),
      error: "DTypeError",
      says: ["float64 and float32", "cast"],
    },
    refusesBool((x) => x!.outer(x!)),
  ],
  dtypes: numeric,
};
