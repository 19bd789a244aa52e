import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { determinant, identity, type Matrix, mapMatrices } from "../support/matrices.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, int32, nan } from "../support/values.js";

const random = stream("cholesky");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

/** A symmetric positive definite matrix of any matrix: the root of X·Xᵀ + I is smooth in X. */
const definite = (x: Tensor): Tensor => {
  const n = x.shape.at(-1)!;
  const one = x.constantLike(identity(n).flat(), { shape: [n, n] });
  return x.matmul(x.transpose()).add(one);
};

const definiteOf = (x: Matrix): Matrix =>
  x.map((row, i) =>
    x.map((other, j) => row.reduce((sum, a, k) => sum + a * other[k]!, i === j ? 1 : 0)),
  );

/** By minors: L[i, j] = det A[1…j−1 and i; 1…j] / √(det A[…j−1]·det A[…j]). */
const rootOf = (a: Matrix): Matrix => {
  const minor = (rows: readonly number[], size: number) =>
    determinant(rows.map((i) => a[i]!.slice(0, size)));
  const leading = (size: number) => minor([...a.keys()].slice(0, size), size);
  return a.map((_, i) =>
    a.map((_, j) => {
      if (j > i) return 0;
      const rows = [...[...a.keys()].slice(0, j), i];
      return minor(rows, j + 1) / Math.sqrt(leading(j) * leading(j + 1));
    }),
  );
};

const sample = (title: string, x: Tensor): Sample => ({
  title: `${title} [${x.shape}]`,
  inputs: [x],
  apply: (x) => definite(x!).cholesky(),
  reference: mapMatrices((x) => rootOf(definiteOf(x))),
  smooth: true,
});

export const cholesky: OpSamples = {
  differentiable: true,
  leastRank: 2,
  float32: 1e-5,
  samples: [
    ...[1, 1, 2, 2, 3, 3, 4, 5].map((n) => sample("a matrix", of([n, n]))),
    sample("a batch", of([2, 2, 2])),
    sample("a batch", of([3, 1, 1])),
    sample("a batch of batches", of([2, 1, 2, 2])),
    sample("no rows", of([0, 0])),
    sample("no matrices", of([0, 2, 2])),
    sample(
      "the identity",
      float64([
        [0, 0],
        [0, 0],
      ]),
    ),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([3, 3], of)),
      sample(title, layout([2, 2, 2], of)),
    ]),
  ],
  specials: [
    {
      title: "the lower triangle alone is read; the gradient is symmetric",
      inputs: [
        float64([
          [4, 100],
          [2, 2],
        ]),
      ],
      apply: (x) => x!.cholesky(),
      value: [
        [2, 0],
        [1, 1],
      ],
      gradient: [
        [
          [0.25, 0],
          [0, 0.5],
        ],
      ],
    },
  ],
  errors: [
    {
      title: "a matrix that is not positive definite",
      inputs: [
        float64([
          [1, 2],
          [2, 4],
        ]),
      ],
      apply: (x) => x!.cholesky(),
      error: "ValueError",
      says: ["the matrix is not positive definite", "leading minor of order 2", "diagonal"],
    },
    {
      title: "one in a batch",
      inputs: [float64([[[1]], [[-1]]])],
      apply: (x) => x!.cholesky(),
      error: "ValueError",
      says: ["matrix 1 of [2, 1, 1]", "order 1"],
    },
    {
      title: "NaN",
      inputs: [float64([[nan]])],
      apply: (x) => x!.cholesky(),
      error: "ValueError",
      says: ["not positive definite", "order 1"],
    },
    {
      title: "a matrix that is not square",
      inputs: [of([2, 3])],
      apply: (x) => x!.cholesky(),
      error: "ShapeError",
      says: ["square", "[2, 3]"],
    },
    {
      title: "integers",
      inputs: [int32([[1]])],
      apply: (x) => x!.cholesky(),
      error: "DTypeError",
      says: ["int32", '.cast("float32")'],
    },
  ],
  dtypes: { float32: "float32", int32: null, bool: null },
};
