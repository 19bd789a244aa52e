import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { asColumn, cramer, fromColumn, mapMatrices, repeated } from "../support/matrices.js";
import type { Plain } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, int32, nan } from "../support/values.js";

const random = stream("solve");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

/** Drawn numbers, with a diagonal that keeps the system well away from a singular one. */
const regular = (shape: Shape): Tensor => {
  const n = shape.at(-1)!;
  const diagonal = Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 4 * n : 0));
  return of(shape)
    .add(float64(diagonal).reshape([n, n]))
    .stopGradient();
};

const sample = (title: string, a: Tensor, b: Tensor, batch: Shape, isVector: boolean): Sample => ({
  title: `${title} [${a.shape}], [${b.shape}]`,
  inputs: [a, b],
  apply: (a, b) => a!.solve(b!),
  reference: (a: Plain, b: Plain) => {
    const right = isVector ? asColumn(b) : b;
    const x = mapMatrices(cramer)(repeated(a, batch), repeated(right, batch));
    return isVector ? fromColumn(x) : x;
  },
  smooth: true,
});

export const solve: OpSamples = {
  differentiable: true,
  leastRank: 1,
  float32: 1e-6,
  samples: [
    ...[1, 2, 3, 4, 5].map((n) => sample("a vector", regular([n, n]), of([n]), [], true)),
    ...[1, 2, 3].map((n) => sample("a matrix", regular([n, n]), of([n, 2]), [], false)),
    sample("no right-hand sides", regular([2, 2]), of([2, 0]), [], false),
    sample("no rows", of([0, 0]), of([0, 2]), [], false),
    sample("a vector of no rows", of([0, 0]), of([0]), [], true),
    sample("no systems", regular([0, 2, 2]), of([0, 2, 1]), [0], false),
    sample("a batch of vectors", regular([3, 2, 2]), of([3, 2]), [3], true),
    sample("a batch of as many vectors as rows", regular([2, 2, 2]), of([2, 2]), [2], true),
    sample("a batch of matrices", regular([2, 2, 2]), of([2, 2, 3]), [2], false),
    sample("one vector for a batch", regular([2, 2, 2]), of([2]), [2], true),
    sample("one matrix for a batch", regular([3, 2, 2]), of([2, 1]), [3], false),
    sample("one system for a batch", regular([2, 2]), of([2, 2, 1]), [2], false),
    sample("batches that broadcast", regular([2, 1, 2, 2]), of([1, 2, 2, 1]), [2, 2], false),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([2, 3, 3], of), of([3, 1]), [2], false),
      sample(title, regular([3, 3]), layout([3, 2], of), [], false),
    ]),
  ],
  specials: [
    {
      title: "a pivot of 0: rows are swapped",
      inputs: [
        float64([
          [0, 2],
          [1, 0],
        ]),
        float64([4, 3]),
      ],
      apply: (a, b) => a!.solve(b!),
      value: [3, 2],
      gradient: [
        [
          [-1.5, -1],
          [-3, -2],
        ],
        [0.5, 1],
      ],
    },
    {
      title: "NaN stays NaN",
      inputs: [float64([[2]]), float64([nan])],
      apply: (a, b) => a!.solve(b!),
      value: [nan],
    },
  ],
  errors: [
    {
      title: "a singular matrix",
      inputs: [
        float64([
          [1, 2],
          [2, 4],
        ]),
        float64([1, 1]),
      ],
      apply: (a, b) => a!.solve(b!),
      error: "ValueError",
      says: ["the matrix is singular", "column 1", "diagonal"],
    },
    {
      title: "a singular matrix in a batch",
      inputs: [float64([[[1]], [[0]]]), float64([[1], [1]])],
      apply: (a, b) => a!.solve(b!),
      error: "ValueError",
      says: ["matrix 1 of [2, 1, 1]", "column 0"],
    },
    {
      title: "matrices that are not square",
      inputs: [of([2, 3]), of([2])],
      apply: (a, b) => a!.solve(b!),
      error: "ShapeError",
      says: ["square", "[2, 3]", "2 rows, 3 columns"],
    },
    {
      title: "a right-hand side of another length",
      inputs: [of([2, 2]), of([3])],
      apply: (a, b) => a!.solve(b!),
      error: "ShapeError",
      says: ["[2, 2] and [3]", "A has 2 rows, b 3", "[..., 2, k]"],
    },
    {
      title: "a scalar",
      inputs: [of([2, 2]), of([])],
      apply: (a, b) => a!.solve(b!),
      error: "ShapeError",
      says: ["[2, 2] and []", "b none"],
    },
    {
      title: "batches that do not broadcast",
      inputs: [of([2, 2, 2]), of([3, 2, 1])],
      apply: (a, b) => a!.solve(b!),
      error: "ShapeError",
      says: ["[2, 2, 2]", "[3, 2, 1]", "axis 0 is 2 against 3"],
    },
    {
      title: "two dtypes",
      inputs: [of([1, 1]), of([1]).cast("float32")],
      apply: (a, b) => a!.solve(b!),
      error: "DTypeError",
      says: ["float64 and float32", "cast"],
    },
    {
      title: "integers",
      inputs: [int32([[1]]), int32([1])],
      apply: (a, b) => a!.solve(b!),
      error: "DTypeError",
      says: ["int32", '.cast("float32")'],
    },
  ],
  dtypes: { float32: "float32", int32: null, bool: null },
};
