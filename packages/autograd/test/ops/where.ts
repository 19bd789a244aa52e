import { type Shape, tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, oneOf, stream } from "../support/draw.js";
import { elementwise } from "../support/plain.js";
import type { Apply, OpSamples, Sample } from "../support/sample.js";
import { any, float64, inf, nan } from "../support/values.js";

const random = stream("where");
const bools = (shape: Shape) => drawn(shape, oneOf(0, 1), random, "bool");
const numbers = (shape: Shape) => drawn(shape, awayFromZero, random);
const apply: Apply = (condition, a, b) => condition!.where(a!, b!);

const sample = (title: string, inputs: Sample["inputs"]): Sample => ({
  title,
  inputs,
  apply,
  reference: elementwise((condition, a, b) => (condition === 1 ? a! : b!)),
  smooth: true,
});

const shapes: readonly (readonly [Shape, Shape, Shape])[] = [
  [[], [], []],
  [
    [0, 3],
    [0, 3],
    [0, 3],
  ],
  [[3], [], [0, 3]],
  [[3], [3], [3]],
  [[5], [5], [5]],
  [[17], [], []],
  [[2, 1], [1, 3], []],
  [
    [1, 3],
    [2, 1],
    [2, 3],
  ],
  [[1], [4], [4]],
  [[4], [1], [1]],
  [[4], [4], [4]],
  [[], [3], [3]],
  [[0], [0], [0]],
  [[1], [1], [1]],
  [
    [2, 3],
    [2, 3],
    [2, 3],
  ],
  [
    [2, 2, 3],
    [2, 1],
    [1, 3],
  ],
];

export const where: OpSamples = {
  differentiable: true,
  samples: [
    ...shapes.map(([c, a, b]) =>
      sample(`[${c}] ? [${a}] : [${b}]`, [bools(c), numbers(a), numbers(b)]),
    ),
    ...Object.entries(layouts).map(([title, layout]) =>
      sample(title, [layout([3, 4], bools), layout([3, 4], numbers), numbers([4])]),
    ),
  ],
  specials: [
    {
      title: "an infinity that is not taken",
      inputs: [tensor([true, false]), float64([1, nan]), float64([inf, 2])],
      apply,
      value: [1, 2],
      gradient: [undefined, [1, 0], [0, 1]],
    },
    {
      title: "an infinite slope that is not taken: 0 · Infinity, as in PyTorch",
      inputs: [float64([0])],
      apply: (x) => x!.gt(0).where(x!.sqrt(), 0),
      value: [0],
      gradient: [[nan]],
    },
  ],
  errors: [
    {
      title: "a condition that is no bool",
      inputs: [float64([1, 0]), float64([1, 2])],
      apply: (c, a) => c!.where(a!, 0),
      error: "DTypeError",
      says: ["must be bool, got float64", "compare first"],
    },
    {
      title: "branches of two dtypes",
      inputs: [tensor([true]), tensor([1]), float64([1])],
      apply,
      error: "DTypeError",
      says: ["float32", "float64", "cast"],
    },
    {
      title: "shapes that do not broadcast",
      inputs: [tensor([true, false]), float64([1, 2, 3]), float64([1])],
      apply,
      error: "ShapeError",
      says: ["[2]", "[3]", "axis 0 is 2 against 3"],
    },
  ],
  dtypes: any,
};
