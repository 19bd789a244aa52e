import { type Shape, uniform } from "../../src/index.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { bits, hash } from "../support/threefry.js";
import { float64, int32 } from "../support/values.js";
import { keyErrors } from "./threefry.js";

const sizeOf = (shape: Shape) => shape.reduce((size, side) => size * side, 1);

const wide = (shape: Shape, min: number, max: number): Sample => ({
  title: `float64 [${shape}] in ${min} to ${max}`,
  inputs: [int32([3, 4])],
  apply: (key) => uniform(key!, shape, { min, max, dtype: "float64" }),
  reference: (key) => ({
    shape,
    data: Array.from({ length: sizeOf(shape) }, (_, i) => {
      const [high, low] = hash(key.data, i);
      return min + (max - min) * (Number(((high << 32n) | low) >> 12n) / 2 ** 52);
    }),
  }),
  smooth: true,
});

const narrow = (shape: Shape): Sample => ({
  title: `float32 [${shape}]`,
  inputs: [int32([3, 4])],
  apply: (key) => uniform(key!, shape).cast("float64"),
  reference: (key) => ({
    shape,
    data: Array.from(
      { length: sizeOf(shape) },
      (_, i) => Math.floor(bits(key.data, i) / 512) / 2 ** 23,
    ),
  }),
  smooth: true,
});

export const randomUniform: OpSamples = {
  differentiable: false,
  samples: [
    wide([], 0, 1),
    wide([17], 0, 1),
    wide([0, 3], 0, 1),
    wide([2, 3], -2, 3),
    wide([5], 7, 7),
    ...[0, 1, 3, 4].map((side) => wide([side], -1, 1)),
    wide([2, 0], 0, 1),
    wide([2, 2, 2], 0, 1e-3),
    wide([3], -1e6, -1e5),
    ...[0, 1, 3, 4, 5, 17].map((side) => narrow([side])),
    narrow([]),
    narrow([2, 3]),
  ],
  specials: [],
  errors: [
    ...keyErrors("uniform", (key) => uniform(key, [2])),
    {
      title: "a negative side",
      inputs: [int32([0, 1])],
      apply: (key) => uniform(key!, [2, -1]),
      error: "ShapeError",
      says: ["[2, -1]", "at least 0"],
      op: "uniform",
    },
    {
      title: "a key that is a number",
      inputs: [float64(1)],
      apply: (key) => uniform(key!, [2]),
      error: "DTypeError",
      says: ["expected a random key"],
      op: "uniform",
    },
  ],
};
