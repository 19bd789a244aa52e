import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { einsum } from "../support/product.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, numeric } from "../support/values.js";

const random = stream("dot");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

const sample = (notation: string, a: Tensor, b: Tensor): Sample => ({
  title: `${notation} of [${a.shape}] and [${b.shape}]`,
  inputs: [a, b],
  apply: (a, b) => a!.dot(b!),
  reference: (a, b) => einsum(notation)(a!, b!),
  smooth: true,
});

export const dot: OpSamples = {
  differentiable: true,
  leastRank: 1,
  float32: 1e-6,
  samples: [
    ...[0, 1, 3, 4, 5, 17].map((k) => sample("k,k->", of([k]), of([k]))),
    sample("ik,k->i", of([2, 3]), of([3])),
    sample("hik,k->hi", of([2, 2, 3]), of([3])),
    sample("ghik,k->ghi", of([2, 1, 2, 3]), of([3])),
    sample("ik,k->i", of([1, 1]), of([1])),
    sample("ik,k->i", of([0, 3]), of([3])),
    sample("ik,k->i", of([2, 0]), of([0])),
    // Longer than one panel of the sum.
    sample("ik,k->i", of([2, 300]), of([300])),
    ...Object.values(layouts).map((layout) => sample("ik,k->i", layout([3, 4], of), of([4]))),
    sample("k,k->", of([5]).flip(), of([10]).slice([null, null, 2])),
    sample("k,k->", of([10]).slice([null, null, 2]), of([5]).flip()),
    sample("k,k->", of([1]).broadcastTo([4]), of([4])),
  ],
  specials: [
    {
      title: "a vector with itself",
      inputs: [float64([1, 2, 3])],
      apply: (x) => x!.dot(x!),
      value: 14,
      gradient: [[2, 4, 6]],
    },
  ],
  errors: [
    {
      title: "lengths that differ",
      inputs: [float64([[1, 2, 3]]), float64([1, 2])],
      apply: (a, b) => a!.dot(b!),
      error: "ShapeError",
      says: ["[1, 3]", "[2]", "3 against 2", "length of the last axis, 3"],
    },
    {
      title: "a matrix as the second",
      inputs: [float64([1, 2]), float64([[1], [2]])],
      apply: (a, b) => a!.dot(b!),
      error: "ShapeError",
      says: ["[2]", "[2, 1]", "matmul"],
    },
    {
      title: "a scalar",
      inputs: [float64(1), float64([1])],
      apply: (a, b) => a!.dot(b!),
      error: "ShapeError",
      says: ["[]", "[1]"],
    },
    {
      title: "two dtypes",
      inputs: [float64([1]), float64([1]).cast("float32")],
      apply: (a, b) => a!.dot(b!),
      error: "DTypeError",
      says: ["float64 and float32", "cast"],
    },
  ],
  dtypes: numeric,
};
