import type { Shape, Tensor } from "../../src/index.js";
import { drawn, layouts, stream } from "../support/draw.js";
import { axisErrors, placesInOrder } from "../support/ordering.js";
import { at, build } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { any, float64, nan } from "../support/values.js";

const random = stream("topk");
const of = (shape: Shape) => drawn(shape, (random) => Math.floor(1000 * random()) / 50, random);

type Call = readonly [title: string, x: Tensor, k: number, axis?: number];

const calls: readonly Call[] = [
  ...[0, 1, 3, 4, 5, 17].map((n): Call => [`[${n}]`, of([n]), Math.min(n, 3)]),
  ["rows", of([2, 4]), 2, 1],
  ["columns", of([4, 2]), 3, 0],
  ["the middle axis", of([2, 4, 2]), 1, -2],
  ["no rows", of([0, 3]), 2, 1],
  ["a matrix: none", of([2, 3]), 0, 1],
  ...Object.entries(layouts).map(([title, layout]): Call => [title, layout([3, 4], of), 2, 0]),
];

const sample = (part: "values" | "indices", [title, x, k, axis]: Call): Sample => ({
  title: `${k} of ${title}: ${part}`,
  inputs: [x],
  // Indices as numbers, that carry a gradient of 0.
  apply: (x) => x!.topk(k, axis)[part].cast(part === "values" ? x!.dtype : "float64"),
  reference: (x) => {
    const place = ((axis ?? -1) + x.shape.length) % x.shape.length;
    const order = placesInOrder(x, place, { descending: true });
    return build(x.shape.with(place, k), (index) => {
      const from = at(order, index);
      return part === "indices" ? from : at(x, index.with(place, from));
    });
  },
  smooth: part === "values" && new Set(x.toTypedArray()).size === x.size,
});

export const topk: OpSamples = {
  differentiable: true,
  leastRank: 1,
  samples: [
    ...calls.map((call) => sample("values", call)),
    ...calls.map((call) => sample("indices", call)),
  ],
  specials: [
    {
      title: "NaN counts as largest; of ties the first comes first",
      inputs: [float64([1, 3, nan, 3])],
      apply: (x) => x!.topk(3).values.mul([1, 2, 3]),
      value: [nan, 6, 9],
      gradient: [[0, 2, 1, 3]],
    },
    {
      title: "where they stand",
      inputs: [float64([1, 3, nan, 3])],
      apply: (x) => x!.topk(3).indices,
      value: [2, 1, 3],
    },
  ],
  errors: [
    ...axisErrors((x, axis) => x.topk(1, axis).values),
    {
      title: "more than there are",
      inputs: [float64([[1, 2, 3]])],
      apply: (x) => x!.topk(4).values,
      error: "ValueError",
      says: ["k is 4", "axis 1 of [1, 3] has 3", "at most 3"],
    },
    {
      title: "less than none",
      inputs: [float64([1])],
      apply: (x) => x!.topk(-1).values,
      error: "ValueError",
      says: ["k is -1", "at least 0"],
    },
    {
      title: "one and a half",
      inputs: [float64([1, 2, 3])],
      apply: (x) => x!.topk(1.5).values,
      error: "ValueError",
      says: ["k is 1.5", "integer"],
    },
  ],
  dtypes: any,
};
