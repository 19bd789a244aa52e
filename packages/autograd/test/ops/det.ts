import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { determinant, foldMatrices } from "../support/matrices.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, inf, int32, nan } from "../support/values.js";

const random = stream("det");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

const sample = (title: string, x: Tensor): Sample => ({
  title: `${title} [${x.shape}]`,
  inputs: [x],
  apply: (x) => x!.det(),
  reference: foldMatrices(determinant),
  smooth: true,
});

export const det: OpSamples = {
  differentiable: true,
  leastRank: 2,
  float32: 1e-4,
  samples: [
    ...[1, 2, 3, 4, 5].map((n) => sample("a matrix", of([n, n]))),
    sample("a batch", of([2, 2, 2])),
    sample("a batch", of([3, 1, 1])),
    sample("a batch of batches", of([2, 1, 2, 2])),
    sample("no rows", of([0, 0])),
    sample("matrices of no rows", of([2, 0, 0])),
    sample("no matrices", of([0, 3, 3])),
    // Singular matrices, of every rank.
    sample("zero", float64([[0]])),
    sample(
      "rank 1 of 2",
      float64([
        [1, 2],
        [2, 4],
      ]),
    ),
    sample(
      "rank 0 of 2",
      float64([
        [0, 0],
        [0, 0],
      ]),
    ),
    sample(
      "rank 2 of 3",
      float64([
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]),
    ),
    sample(
      "rank 1 of 3",
      float64([
        [1, 2, 3],
        [2, 4, 6],
        [3, 6, 9],
      ]),
    ),
    sample(
      "rank 0 of 3",
      float64([
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ]),
    ),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([3, 3], of)),
      sample(title, layout([2, 2, 2], of)),
    ]),
  ],
  specials: [
    {
      title: "a pivot of 0: rows are swapped",
      inputs: [
        float64([
          [0, 1],
          [1, 0],
        ]),
      ],
      apply: (x) => x!.det(),
      value: -1,
      gradient: [
        [
          [0, -1],
          [-1, 0],
        ],
      ],
    },
    {
      title: "of a singular matrix: the gradient is that of its cofactors",
      inputs: [
        float64([
          [2, 0],
          [0, 0],
        ]),
      ],
      apply: (x) => x!.det(),
      value: 0,
      gradient: [
        [
          [0, 0],
          [0, 2],
        ],
      ],
    },
    {
      title: "of no rows",
      inputs: [float64([]).reshape([0, 0])],
      apply: (x) => x!.det(),
      value: 1,
    },
    {
      title: "of NaN and of infinity",
      inputs: [
        float64([
          [
            [nan, 0],
            [0, 1],
          ],
          [
            [inf, 0],
            [0, 1],
          ],
        ]),
      ],
      apply: (x) => x!.det(),
      value: [nan, inf],
    },
  ],
  errors: [
    {
      title: "a matrix that is not square",
      inputs: [of([2, 3])],
      apply: (x) => x!.det(),
      error: "ShapeError",
      says: ["square", "[2, 3]", "2 rows, 3 columns", "last two axes"],
    },
    {
      title: "a vector",
      inputs: [of([2])],
      apply: (x) => x!.det(),
      error: "ShapeError",
      says: ["square", "[2]", "no rows and columns"],
    },
    {
      title: "integers",
      inputs: [int32([[1]])],
      apply: (x) => x!.det(),
      error: "DTypeError",
      says: ["int32", '.cast("float32")'],
    },
  ],
  dtypes: { float32: "float32", int32: null, bool: null },
};
