import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { cofactorsOf, type Matrix, mapMatrices } from "../support/matrices.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, int32 } from "../support/values.js";

const random = stream("cofactors");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

/**
 * The derivative of the cofactors along directions, one after the other. They are polynomials of
 * degree n − 1 in a step t, so n points give the coefficient of t.
 */
function derivative(a: Matrix, directions: readonly Matrix[]): Matrix {
  const [first, ...others] = directions;
  if (!first) return cofactorsOf(a);
  const n = a.length;
  const points = Array.from({ length: n }, (_, i) => i - Math.floor(n / 2));
  const values = points.map((t) =>
    derivative(
      a.map((row, i) => row.map((x, j) => x + t * first[i]![j]!)),
      others,
    ),
  );
  return a.map((row, i) =>
    row.map((_, j) =>
      points.reduce((sum, _, k) => sum + linear(points, k) * values[k]![i]![j]!, 0),
    ),
  );
}

/** The coefficient of t in Lagrange's polynomial that is 1 at point k and 0 at the others. */
function linear(points: readonly number[], k: number): number {
  const others = points.toSpliced(k, 1);
  const scale = others.reduce((product, p) => product * (points[k]! - p), 1);
  const slopes = others.map((_, i) => others.toSpliced(i, 1).reduce((all, p) => all * -p, 1));
  return slopes.reduce((sum, slope) => sum + slope, 0) / scale;
}

const sample = (title: string, x: Tensor, ...directions: readonly Tensor[]): Sample => ({
  title: `${title} [${x.shape}], ${directions.length} directions`,
  inputs: [x, ...directions],
  apply: (x, ...rest) => x!.cofactors(...rest),
  reference: mapMatrices((a, ...rest) => derivative(a, rest)),
  smooth: true,
});

const line = float64([
  [1, 2, 3],
  [2, 4, 6],
  [3, 6, 9],
]);

export const cofactors: OpSamples = {
  differentiable: true,
  leastRank: 2,
  float32: 1e-4,
  samples: [
    ...[1, 2, 3, 4, 5].map((n) => sample("a matrix", of([n, n]))),
    ...[1, 2, 3, 4].map((n) => sample("a matrix", of([n, n]), of([n, n]))),
    sample("a matrix", of([3, 3]), of([3, 3]), of([3, 3])),
    sample("a matrix", of([4, 4]), of([4, 4]), of([4, 4])),
    sample("more directions than rows", of([2, 2]), of([2, 2]), of([2, 2])),
    sample("rank 1", line),
    sample("rank 1", line, of([3, 3])),
    sample(
      "rank 0",
      float64([
        [0, 0],
        [0, 0],
      ]),
      of([2, 2]),
    ),
    sample("a batch", of([2, 2, 2])),
    sample("a batch", of([2, 1, 2, 2]), of([2, 1, 2, 2])),
    sample("no rows", of([0, 0])),
    sample("no matrices", of([0, 2, 2])),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([3, 3], of)),
      sample(title, layout([2, 2, 2], of), layout([2, 2, 2], of)),
    ]),
  ],
  specials: [
    {
      title: "of a singular matrix",
      inputs: [
        float64([
          [2, 0],
          [0, 0],
        ]),
      ],
      apply: (x) => x!.cofactors(),
      value: [
        [0, 0],
        [0, 2],
      ],
      gradient: [
        [
          [1, -1],
          [-1, 1],
        ],
      ],
    },
  ],
  errors: [
    {
      title: "a matrix that is not square",
      inputs: [of([2, 3])],
      apply: (x) => x!.cofactors(),
      error: "ShapeError",
      says: ["square", "[2, 3]", "2 rows, 3 columns"],
    },
    {
      title: "a direction of another shape",
      inputs: [of([2, 2]), of([3, 3])],
      apply: (x, h) => x!.cofactors(h!),
      error: "ShapeError",
      says: ["[3, 3]", "[2, 2]", "direction"],
    },
    {
      title: "two dtypes",
      inputs: [of([2, 2]), of([2, 2]).cast("float32")],
      apply: (x, h) => x!.cofactors(h!),
      error: "DTypeError",
      says: ["float64 and float32", "cast"],
    },
    {
      title: "integers",
      inputs: [int32([[1]])],
      apply: (x) => x!.cofactors(),
      error: "DTypeError",
      says: ["int32", '.cast("float32")'],
    },
  ],
  dtypes: { float32: "float32", int32: null, bool: null },
};
