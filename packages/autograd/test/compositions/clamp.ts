import { type Shape, type Tensor, tensor } from "../../src/index.js";
import { drawn, layouts, oneOf, stream } from "../support/draw.js";
import { elementwise } from "../support/plain.js";
import type { OpSamples, Sample, Special } from "../support/sample.js";
import { unary } from "../support/unary.js";
import { float64, inf, nan, numeric, refusesBool } from "../support/values.js";

const between = (x: number, min: number, max: number): number =>
  [x, min, max].sort((a, b) => a - b)[1]!;

/** Between two numbers, of which the samples stay clear. */
const byNumbers = unary({
  name: "clamp",
  f: (x) => x.clamp(-1, 2),
  reference: (x) => between(x, -1, 2),
  draw: (random) => oneOf(-2.5, -0.9, 0.1, 1, 2.2)(random) + 0.7 * random(),
  points: [
    [-1, -1, 1],
    [2, 2, 1],
    [-1.5, -1, 0],
    [2.5, 2, 0],
    [-0, -0, 1],
    [inf, 2, 0],
    [-inf, -1, 0],
    [nan, nan],
  ],
  errors: [
    refusesBool((x) => x.clamp(0, 1)),
    {
      title: "no bound",
      inputs: [tensor([1, 2])],
      apply: (x) => x!.clamp(null),
      error: "ValueError",
      says: ["both bounds are null", "minimum or a maximum"],
    },
    {
      title: "a fraction beside integers",
      inputs: [tensor([1, 2], { dtype: "int32" })],
      apply: (x) => x!.clamp(0.5),
      error: "DTypeError",
      says: ["0.5", "int32", '.cast("float32")'],
    },
    {
      title: "a bound that does not broadcast",
      inputs: [tensor([1, 2]), tensor([0, 0, 0])],
      apply: (x, min) => x!.clamp(min!),
      error: "ShapeError",
      says: ["[2]", "[3]", "axis 0 is 2 against 3"],
    },
  ],
  dtypes: numeric,
});

const random = stream("clamp by tensors");
const x = (shape: Shape) => drawn(shape, (next) => 8 * next() - 4, random);
const min = (shape: Shape) => drawn(shape, (next) => -1 - next(), random);
const max = (shape: Shape) => drawn(shape, (next) => 1 + next(), random);

const byTensors = (title: string, inputs: readonly [Tensor, Tensor, Tensor]): Sample => ({
  title,
  inputs,
  apply: (x, min, max) => x!.clamp(min!, max!),
  reference: elementwise(between as (...x: number[]) => number),
  smooth: true,
});

const at = (
  title: string,
  [value, low, high]: readonly [number, number, number],
  result: number,
  gradient: readonly number[] | undefined,
): Special => ({
  title,
  inputs: [float64(value), float64(low), float64(high)],
  apply: (x, min, max) => x!.clamp(min!, max!),
  value: result,
  ...(gradient && { gradient }),
});

export const clamp: OpSamples = {
  ...byNumbers,
  samples: [
    ...byNumbers.samples,
    byTensors("three scalars", [x([]), min([]), max([])]),
    byTensors("bounds for each row", [x([2, 3]), min([2, 1]), max([2, 1])]),
    byTensors("bounds for each column", [x([2, 3]), min([3]), max([3])]),
    byTensors("bounds larger than what they bound", [x([]), min([2, 1]), max([3])]),
    byTensors("no elements", [x([0, 3]), min([3]), max([0, 3])]),
    byTensors("other strides", [
      layouts.transposed!([2, 3], x),
      layouts.flipped!([2, 3], min),
      layouts.stepped!([2, 3], max),
    ]),
    {
      title: "from below alone",
      inputs: [x([5]), min([5])],
      apply: (x, min) => x!.clamp(min!),
      reference: elementwise((x, min) => between(x!, min!, inf)),
      smooth: true,
    },
    {
      title: "from above alone",
      inputs: [x([5]), max([5])],
      apply: (x, max) => x!.clamp(null, max!),
      reference: elementwise((x, max) => between(x!, -inf, max!)),
      smooth: true,
    },
  ],
  specials: [
    ...byNumbers.specials,
    at("bounds the wrong way round, below", [0, 2, 1], 1, [0, 0, 1]),
    at("bounds the wrong way round, between", [1.5, 2, 1], 1, [0, 0, 1]),
    at("bounds the wrong way round, above", [3, 2, 1], 1, [0, 0, 1]),
    at("on the minimum", [1, 1, 2], 1, [1, 0, 0]),
    at("below the minimum", [0, 1, 2], 1, [0, 1, 0]),
    at("NaN", [nan, 1, 2], nan, undefined),
    at("a minimum that is NaN", [1, nan, 2], nan, undefined),
    at("a maximum that is NaN", [1, 0, nan], nan, undefined),
  ],
};
