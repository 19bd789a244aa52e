import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { einsum } from "../support/product.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, numeric } from "../support/values.js";

const random = stream("matmul");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

const sample = (notation: string, a: Tensor, b: Tensor): Sample => ({
  title: `${notation} of [${a.shape}] and [${b.shape}]`,
  inputs: [a, b],
  apply: (a, b) => a!.matmul(b!),
  reference: (a, b) => einsum(notation)(a!, b!),
  smooth: true,
});

export const matmul: OpSamples = {
  differentiable: true,
  leastRank: 1,
  float32: 1e-6,
  samples: [
    // Every pair of ranks.
    sample("k,k->", of([3]), of([3])),
    sample("ik,k->i", of([2, 3]), of([3])),
    sample("k,kj->j", of([3]), of([3, 2])),
    ...[1, 3, 4, 5, 17].map((k) => sample("ik,kj->ij", of([2, k]), of([k, 3]))),
    sample("k,bkj->bj", of([3]), of([2, 3, 4])),
    sample("bik,k->bi", of([2, 4, 3]), of([3])),
    sample("bik,kj->bij", of([2, 2, 3]), of([3, 2])),
    sample("ik,bkj->bij", of([2, 3]), of([2, 3, 2])),
    sample("bik,bkj->bij", of([2, 2, 3]), of([2, 3, 2])),
    sample("abik,bkj->abij", of([2, 3, 1, 2]), of([3, 2, 2])),
    // Batch axes of side 1, on either hand.
    sample("bik,bkj->bij", of([2, 2, 3]), of([1, 3, 2])),
    sample("bik,bkj->bij", of([1, 2, 3]), of([2, 3, 2])),
    sample("abik,abkj->abij", of([2, 1, 1, 2]), of([1, 3, 2, 2])),
    // Longer than one panel of the sum.
    sample("ik,kj->ij", of([1, 300]), of([300, 1])),
    sample("ik,kj->ij", of([0, 3]), of([3, 2])),
    sample("ik,kj->ij", of([2, 0]), of([0, 3])),
    sample("bik,bkj->bij", of([0, 2, 3]), of([0, 3, 2])),
    ...Object.values(layouts).flatMap((layout) => [
      sample("ik,kj->ij", layout([3, 4], of), of([4, 2])),
      sample("ik,kj->ij", of([2, 3]), layout([3, 4], of)),
    ]),
  ],
  specials: [],
  errors: [
    {
      title: "inner sides that differ, where a transpose fits",
      inputs: [float64([[1, 2, 3]]), float64([[1, 2, 3]])],
      apply: (a, b) => a!.matmul(b!),
      error: "ShapeError",
      says: [
        "[1, 3] and [1, 3]",
        "axis 1 of the first is 3",
        "axis 0 of the second is 1",
        "transpose()",
      ],
    },
    {
      title: "inner sides that differ, where nothing fits",
      inputs: [float64([[1, 2, 3]]), float64([1, 2])],
      apply: (a, b) => a!.matmul(b!),
      error: "ShapeError",
      says: ["[1, 3] and [2]", "3", "2", "equal"],
    },
    {
      title: "batches that do not broadcast",
      inputs: [of([2, 1, 3]), of([4, 3, 1])],
      apply: (a, b) => a!.matmul(b!),
      error: "ShapeError",
      says: ["[2, 1, 3]", "[4, 3, 1]", "axis 0 is 2 against 4"],
    },
    {
      title: "a scalar",
      inputs: [float64(2), float64([1])],
      apply: (a, b) => a!.matmul(b!),
      error: "ShapeError",
      says: ["[] and [1]", "scalar", "mul"],
    },
    {
      title: "two dtypes",
      inputs: [float64([[1]]), float64([[1]]).cast("float32")],
      apply: (a, b) => a!.matmul(b!),
      error: "DTypeError",
      says: ["float64 and float32", "cast"],
    },
  ],
  dtypes: numeric,
};
