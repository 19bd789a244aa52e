import type { Axes, KeepDims, Shape, Tensor } from "../../src/index.js";
import { awayFromZero, type Draw, drawn, layouts, stream } from "./draw.js";
import { fold, type Plain, plainOf } from "./plain.js";
import type { ErrorCase, OpSamples, Sample } from "./sample.js";
import { float64 } from "./values.js";

interface Reduction {
  readonly name: string;
  readonly f: (x: Tensor, axes?: Axes, options?: KeepDims) => Tensor;
  readonly fold: (list: readonly number[]) => number;
  readonly draw?: Draw;
  /** Whether it is differentiable at these numbers. */
  readonly smooth?: (list: readonly number[]) => boolean;
  /** Whether nothing reduces to a value, such as a sum of 0; otherwise it is an error. */
  readonly ofNothing: boolean;
  readonly rest: Partial<OpSamples>;
}

/** All axes, the first, the last, a negative one, several in any order, none; axes that stay. */
const calls: readonly (readonly [shape: Shape, axes?: Axes | undefined, options?: KeepDims])[] = [
  [[]],
  [[1]],
  [[3]],
  [[4]],
  [[5], 0],
  [[17], -1],
  [[300]],
  [[2, 3]],
  [[2, 3], 0],
  [[2, 3], 1],
  [[2, 3], -2, { keepDims: true }],
  [[2, 3], []],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [[2, 3, 4], [-1, 0], { keepDims: true }],
  [[2, 3, 4], 1],
  [[2, 3, 4], undefined, { keepDims: true }],
  // No results, though each would be of some elements.
  [[0, 3], 1],
];

const nothing: readonly (readonly [shape: Shape, axes?: Axes])[] = [
  [[0]],
  [[0, 3]],
  [[0, 3], 0],
  [[2, 0], -1],
];

/** The record of a function that folds lists of numbers, over some axes, into one number each. */
export function reduction(record: Reduction): OpSamples {
  const { name, f, draw = awayFromZero, smooth = () => true, ofNothing, rest } = record;
  const random = stream(name);
  const of = (shape: Shape) => drawn(shape, draw, random);
  const sample = (x: Tensor, axes?: Axes, options?: KeepDims, held = "row-major"): Sample => ({
    title: `[${x.shape}] over ${JSON.stringify(axes) ?? "all"}, ${held}`,
    inputs: [x],
    apply: (x) => f(x!, axes, options),
    reference: (x) => reduced(x, record.fold, axes, options),
    smooth: reduced(plainOf(x), (list) => +smooth(list), axes).data.every((one) => one === 1),
  });
  return {
    differentiable: true,
    samples: [
      ...[...calls, ...(ofNothing ? nothing : [])].map(([shape, axes, options]) =>
        sample(of(shape), axes, options),
      ),
      ...Object.entries(layouts).flatMap(([held, layout]) =>
        [undefined, 0, 1].map((axes) => sample(layout([3, 4], of), axes, {}, held)),
      ),
    ],
    specials: [],
    ...rest,
    errors: [...axisErrors(f), ...(rest.errors ?? [])],
  };
}

function reduced(x: Plain, f: Reduction["fold"], axes?: Axes, options: KeepDims = {}): Plain {
  const all = x.shape.map((_, axis) => axis);
  const given = axes === undefined ? all : [axes].flat();
  const list = given.map((axis) => (axis < 0 ? axis + x.shape.length : axis)).sort();
  const { shape, data } = fold(x, list, f);
  if (!options.keepDims) return { shape, data };
  return { shape: x.shape.map((side, axis) => (list.includes(axis) ? 1 : side)), data };
}

const axisErrors = (f: Reduction["f"]): ErrorCase[] => [
  {
    title: "an axis out of range",
    inputs: [float64([[1, 2]])],
    apply: (x) => f(x!, 2),
    error: "ShapeError",
    says: ["axis 2", "rank 2", "-2 to 1"],
  },
  {
    title: "an axis of half a place",
    inputs: [float64([[1, 2]])],
    apply: (x) => f(x!, 0.5),
    error: "ShapeError",
    says: ["axis 0.5", "rank 2"],
  },
  {
    title: "an axis of a scalar",
    inputs: [float64(1)],
    apply: (x) => f(x!, 0),
    error: "ShapeError",
    says: ["axis 0", "rank 0", "scalar"],
  },
  {
    title: "an axis twice",
    inputs: [float64([[1, 2]])],
    apply: (x) => f(x!, [1, -1]),
    error: "ShapeError",
    says: ["axis 1", "twice", "once"],
  },
];

/** A maximum of nothing is refused: the op, the shape and the axis. */
export const refusesNothing = (f: Reduction["f"]): ErrorCase => ({
  title: "a maximum of nothing",
  inputs: [float64([]).reshape([2, 0])],
  apply: (x) => f(x!, -1),
  error: "ShapeError",
  says: ["axis 1", "[2, 0]", "empty"],
});
