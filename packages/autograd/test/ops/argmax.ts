import type { Shape, Tensor } from "../../src/index.js";
import { drawn, layouts, stream } from "../support/draw.js";
import { fold } from "../support/plain.js";
import { refusesNothing } from "../support/reduction.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, inf, nan } from "../support/values.js";

const random = stream("argmax");
// Few different numbers, so that there are ties.
const of = (shape: Shape) => drawn(shape, (random) => Math.floor(4 * random()), random);

const sample = (title: string, x: Tensor, axis?: number): Sample => ({
  title,
  inputs: [x],
  apply: (x) => x!.argmax(axis),
  reference: (x) =>
    fold(x, [((axis ?? -1) + x.shape.length) % x.shape.length], (list) =>
      list.indexOf(list.toSorted((a, b) => b - a)[0]!),
    ),
  smooth: true,
});

export const argmax: OpSamples = {
  differentiable: false,
  leastRank: 1,
  samples: [
    ...[1, 3, 4, 5, 17].map((side) => sample(`[${side}]`, of([side]))),
    sample("first axis", of([4, 3]), 0),
    sample("last axis", of([4, 5]), -1),
    sample("middle axis", of([2, 4, 3]), 1),
    sample("no results", of([0, 3]), 1),
    ...Object.entries(layouts).map(([title, layout]) => sample(title, layout([3, 4], of), 0)),
  ],
  specials: [
    {
      title: "the first of ties; NaN counts as largest",
      inputs: [
        float64([
          [2, 2, 1],
          [1, nan, inf],
          [-inf, -inf, -inf],
          [0, -0, 0],
        ]),
      ],
      apply: (x) => x!.argmax(),
      value: [0, 1, 0, 0],
    },
  ],
  errors: [
    refusesNothing((x, axis) => x.argmax(axis as number)),
    {
      title: "an axis out of range",
      inputs: [float64([1])],
      apply: (x) => x!.argmax(1),
      error: "ShapeError",
      says: ["axis 1", "rank 1"],
    },
    {
      title: "a scalar",
      inputs: [float64(1)],
      apply: (x) => x!.argmax(),
      error: "ShapeError",
      says: ["rank 0", "scalar"],
    },
  ],
  dtypes: { float32: "int32", int32: "int32", bool: "int32" },
};
