import type { Shape, Tensor } from "../../src/index.js";
import { drawn, layouts, stream } from "../support/draw.js";
import { at, build } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, int32 } from "../support/values.js";

const random = stream("oneHot");
const labels = (shape: Shape) =>
  drawn(shape, (random) => Math.floor(4 * random()), random, "int32");

const sample = (title: string, x: Tensor): Sample => ({
  title,
  inputs: [x],
  apply: (x) => x!.oneHot(4, { dtype: "float64" }),
  reference: (x) =>
    build([...x.shape, 4], (index) => +(at(x, index.slice(0, -1)) === index.at(-1))),
  smooth: true,
});

export const oneHot: OpSamples = {
  differentiable: false,
  samples: [
    ...[[], [0], [0, 3], [1], [3], [4], [5], [17], [2, 3]].map((shape) =>
      sample(`[${shape}]`, labels(shape)),
    ),
    sample("three axes", labels([2, 1, 3])),
    sample("no labels in rows", labels([2, 0])),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([2, 3], labels)),
      sample(`${title} vector`, layout([5], labels)),
    ]),
    sample("transposed by an order", labels([2, 3, 2]).transpose([2, 0, 1])),
  ],
  specials: [
    {
      title: "float32 by default",
      inputs: [int32([2, 0])],
      apply: (x) => x!.oneHot(3),
      value: [
        [0, 0, 1],
        [1, 0, 0],
      ],
    },
    {
      title: "no classes for no labels",
      inputs: [int32([])],
      apply: (x) => x!.oneHot(0).reshape([0]),
      value: [],
    },
  ],
  errors: [
    {
      title: "a label beyond the classes",
      inputs: [int32([0, 3])],
      apply: (x) => x!.oneHot(3),
      error: "IndexError",
      says: ["index 3", "position 1", "0 to 2"],
    },
    {
      title: "a negative label",
      inputs: [int32(-1)],
      apply: (x) => x!.oneHot(3),
      error: "IndexError",
      says: ["index -1", "0 to 2"],
    },
    {
      title: "labels of floats",
      inputs: [float64([1])],
      apply: (x) => x!.oneHot(3),
      error: "DTypeError",
      says: ["int32", "float64", 'dtype: "int32"'],
    },
    {
      title: "half a class",
      inputs: [int32([1])],
      apply: (x) => x!.oneHot(2.5),
      error: "ShapeError",
      says: ["2.5", "integer"],
    },
  ],
};
