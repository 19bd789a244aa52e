import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { einsum } from "../support/product.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, nan, numeric, refusesBool } from "../support/values.js";

const random = stream("contract");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);
type Options = Parameters<Tensor["contract"]>[1];

const sample = (notation: string, a: Tensor, b: Tensor, options: Options): Sample => ({
  title: `${notation} of [${a.shape}] and [${b.shape}]`,
  inputs: [a, b],
  apply: (a, b) => a!.contract(b!, options),
  reference: (a, b) => einsum(notation)(a!, b!),
  smooth: true,
});

const matrix: Options = { axes: [[1], [0]] };

export const contract: OpSamples = {
  differentiable: true,
  float32: 1e-6,
  samples: [
    sample(",->", of([]), of([]), { axes: [[], []] }),
    ...[1, 3, 4, 5, 17, 300].map((k) => sample("k,k->", of([k]), of([k]), { axes: [[0], [0]] })),
    sample("ij,jk->ik", of([2, 3]), of([3, 4]), matrix),
    sample("ij,jk->ik", of([3, 3]), of([3, 3]), matrix),
    sample("ij,kj->ik", of([2, 3]), of([4, 3]), { axes: [[1], [1]] }),
    sample("ij,ki->jk", of([2, 3]), of([4, 2]), { axes: [[0], [1]] }),
    sample("i,j->ij", of([2]), of([3]), { axes: [[], []] }),
    sample("ij,ij->", of([2, 3]), of([2, 3]), {
      axes: [
        [0, 1],
        [0, 1],
      ],
    }),
    // Pairs in an order that is sorted on neither side.
    sample("ijk,kli->jl", of([2, 3, 4]), of([4, 5, 2]), {
      axes: [
        [2, 0],
        [0, 2],
      ],
    }),
    sample("ijk,lik->jl", of([2, 3, 4]), of([5, 2, 4]), {
      axes: [
        [2, 0],
        [2, 1],
      ],
    }),
    sample("bij,bjk->bik", of([2, 3, 4]), of([2, 4, 2]), { axes: [[2], [1]], batch: [[0], [0]] }),
    sample("ibj,jkb->bik", of([3, 2, 4]), of([4, 2, 2]), { axes: [[2], [0]], batch: [[1], [2]] }),
    sample("abi,bai->ab", of([2, 3, 2]), of([3, 2, 2]), {
      axes: [[2], [2]],
      batch: [
        [0, 1],
        [1, 0],
      ],
    }),
    sample("ij,jk->ik", of([0, 3]), of([3, 2]), matrix),
    sample("ij,jk->ik", of([2, 0]), of([0, 3]), matrix),
    sample("ij,jk->ik", of([2, 3]), of([3, 0]), matrix),
    sample("bij,bjk->bik", of([0, 2, 3]), of([0, 3, 2]), { axes: [[2], [1]], batch: [[0], [0]] }),
    ...Object.values(layouts).flatMap((layout) => [
      sample("ij,jk->ik", layout([3, 4], of), of([4, 2]), matrix),
      sample("ij,jk->ik", of([2, 3]), layout([3, 4], of), matrix),
    ]),
  ],
  specials: [
    {
      title: "0 · NaN is NaN: no term is skipped",
      inputs: [float64([0, 1]), float64([nan, 1])],
      apply: (a, b) => a!.contract(b!, { axes: [[0], [0]] }),
      value: nan,
      gradient: [
        [nan, 1],
        [0, 1],
      ],
    },
  ],
  errors: [
    {
      title: "sides that differ",
      inputs: [float64([[1, 2, 3]]), float64([[1, 2]])],
      apply: (a, b) => a!.contract(b!, { axes: [[1], [1]] }),
      error: "ShapeError",
      says: ["axis 1 of [1, 3] is 3", "axis 1 of [1, 2] is 2"],
    },
    {
      title: "an axis out of range",
      inputs: [float64([[1, 2, 3]]), float64([[1, 2]])],
      apply: (a, b) => a!.contract(b!, { axes: [[2], [1]] }),
      error: "ShapeError",
      says: ["axis 2", "rank 2", "-2 to 1"],
    },
    {
      title: "axes that are not in pairs",
      inputs: [float64([[1, 2, 3]]), float64([[1, 2]])],
      apply: (a, b) => a!.contract(b!, { axes: [[0, 1], [1]] }),
      error: "ShapeError",
      says: ["2 axes", "1", "pairs"],
    },
    {
      title: "two dtypes",
      inputs: [float64([1]), float64([1]).cast("float32")],
      apply: (a, b) => a!.contract(b!, { axes: [[0], [0]] }),
      error: "DTypeError",
      says: ["float64 and float32", "cast"],
    },
    refusesBool((x) => x!.contract(x!, { axes: [[0], [0]] })),
  ],
  dtypes: numeric,
};
