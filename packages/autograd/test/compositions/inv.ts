import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { cofactorsOf, determinant, mapMatrices } from "../support/matrices.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, int32 } from "../support/values.js";

const random = stream("inv");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

const sample = (title: string, x: Tensor): Sample => ({
  title: `${title} [${x.shape}]`,
  inputs: [x],
  apply: (x) => x!.inv(),
  // The cofactors, transposed, over the determinant.
  reference: mapMatrices((x) => {
    const [all, whole] = [cofactorsOf(x), determinant(x)];
    return x.map((row, i) => row.map((_, j) => all[j]![i]! / whole));
  }),
  smooth: true,
});

export const inv: OpSamples = {
  differentiable: true,
  leastRank: 2,
  float32: 1e-3,
  samples: [
    ...[1, 1, 2, 2, 2, 3, 3, 4, 5].map((n) => sample("a matrix", of([n, n]))),
    sample("a batch", of([2, 2, 2])),
    sample("a batch", of([3, 1, 1])),
    sample("a batch of batches", of([2, 1, 2, 2])),
    sample("no rows", of([0, 0])),
    sample("matrices of no rows", of([2, 0, 0])),
    sample("no matrices", of([0, 2, 2])),
    sample(
      "a pivot of 0",
      float64([
        [0, 1],
        [2, 0],
      ]),
    ),
    ...Object.entries(layouts).map(([title, layout]) => sample(title, layout([2, 2, 2], of))),
    sample("transposed", of([3, 3]).transpose()),
    sample("flipped", of([3, 3]).flip()),
  ],
  specials: [
    {
      title: "of a diagonal",
      inputs: [
        float64([
          [2, 0],
          [0, 4],
        ]),
      ],
      apply: (x) => x!.inv(),
      value: [
        [0.5, 0],
        [0, 0.25],
      ],
      gradient: [
        [
          [-0.25, -0.125],
          [-0.125, -0.0625],
        ],
      ],
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
      ],
      apply: (x) => x!.inv(),
      error: "ValueError",
      says: ["singular", "column 1"],
    },
    {
      title: "a matrix that is not square",
      inputs: [of([2, 3])],
      apply: (x) => x!.inv(),
      error: "ShapeError",
      says: ["square", "[2, 3]", "2 rows, 3 columns"],
    },
    {
      title: "integers",
      inputs: [int32([[1]])],
      apply: (x) => x!.inv(),
      error: "DTypeError",
      says: ["int32", '.cast("float32")'],
    },
  ],
  dtypes: { float32: "float32", int32: null, bool: null },
};
