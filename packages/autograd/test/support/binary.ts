import { type DType, type Shape, type Tensor, tensor } from "../../src/index.js";
import { awayFromZero, type Draw, drawn, layouts, oneOf, stream } from "./draw.js";
import { elementwise } from "./plain.js";
import type { ErrorCase, OpSamples, Special } from "./sample.js";
import { float64 } from "./values.js";

interface Binary {
  readonly name: string;
  readonly f: (a: Tensor, b: Tensor) => Tensor;
  readonly reference: (a: number, b: number) => number;
  readonly draw?: readonly [a: Draw, b: Draw];
  /** What is drawn: float64, unless the function takes conditions alone. */
  readonly dtype?: DType;
  readonly differentiable?: boolean;
  /** a, b, the value and the slopes in a and b, where they are a convention. */
  readonly points: readonly (readonly [
    a: number,
    b: number,
    y: number,
    da?: number | undefined,
    db?: number | undefined,
  ])[];
  readonly dtypes: NonNullable<OpSamples["dtypes"]>;
  /** Smooth places that no draw meets, as on an axis: samples, to the second order. */
  readonly places?: readonly (readonly [a: number, b: number])[];
  /** Whether bool operands are refused: they are no numbers. */
  readonly errors?: readonly ErrorCase[];
}

/** Sides of 1 on either hand, missing axes on either hand, no elements, and the same shape. */
const shapes: readonly (readonly [Shape, Shape])[] = [
  [[], []],
  [[3], []],
  [[], [3]],
  [
    [0, 3],
    [0, 3],
  ],
  [
    [0, 3],
    [1, 3],
  ],
  [[3], [0, 3]],
  [[3], [3]],
  [[4], [4]],
  [[5], [5]],
  [[17], [17]],
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 1],
    [1, 3],
  ],
  [
    [1, 3],
    [2, 1],
  ],
  [[1], [4]],
  [[4], [1]],
  [[2, 3], [3]],
  [[3], [2, 3]],
  [
    [2, 2, 3],
    [2, 1],
  ],
];

/** The record of a function of two numbers that broadcast. */
export function binary(record: Binary): OpSamples {
  const { name, f, reference, dtype, differentiable = true } = record;
  const [drawA, drawB] = record.draw ?? [awayFromZero, awayFromZero];
  const random = stream(name);
  const a = (shape: Shape) => drawn(shape, drawA, random, dtype);
  const b = (shape: Shape) => drawn(shape, drawB, random, dtype);
  const sample = (title: string, inputs: readonly [Tensor, Tensor]) => ({
    title,
    inputs,
    apply: f,
    reference: elementwise(reference),
    smooth: true,
  });
  return {
    differentiable,
    samples: [
      ...(record.places ?? []).map(([a, b]) => sample(`at ${a}, ${b}`, [float64(a), float64(b)])),
      ...shapes.map(([one, other]) => sample(`[${one}] with [${other}]`, [a(one), b(other)])),
      ...Object.entries(layouts).flatMap(([title, layout]) => [
        sample(`${title} left`, [layout([3, 4], a), b([3, 4])]),
        sample(`${title} right`, [a([4]), layout([3, 4], b)]),
      ]),
    ],
    specials: specialPoints(f, record.points),
    errors: [...broadcastErrors(f), ...(record.errors ?? [])],
    dtypes: record.dtypes,
  };
}

function specialPoints(f: Binary["f"], points: Binary["points"]): Special[] {
  const show = (x: number) => (Object.is(x, -0) ? "-0" : x);
  const one = ([a, b, y, da, db]: Binary["points"][number]): Special => ({
    title: `at ${show(a)}, ${show(b)}`,
    inputs: [float64(a), float64(b)],
    apply: f,
    value: y,
    gradient: [da, db],
  });
  const all: Special = {
    title: "all points in one vector",
    inputs: [float64(points.map(([a]) => a)), float64(points.map(([, b]) => b))],
    apply: f,
    value: points.map(([, , y]) => y),
  };
  return points.length > 0 ? [...points.map(one), all] : [];
}

const broadcastErrors = (f: Binary["f"]): ErrorCase[] => [
  {
    title: "shapes that do not broadcast",
    inputs: [drawn([12, 9], () => 1, Math.random), drawn([11], () => 1, Math.random)],
    apply: f,
    error: "ShapeError",
    says: ["[12, 9]", "[11]", "axis 1 is 9 against 11", "the second operand must be"],
  },
  {
    title: "two dtypes",
    inputs: [tensor([1, 2]), tensor([1, 2], { dtype: "float64" })],
    apply: f,
    error: "DTypeError",
    says: ["float32", "float64", '.cast("float32")'],
  },
];

/** Bool operands are refused, with the two ways out. */
export const refusesBool = (f: Binary["f"]): ErrorCase => ({
  title: "bool operands",
  inputs: [tensor([true]), tensor([false])],
  apply: f,
  error: "DTypeError",
  says: ["expected numbers, got bool", '.cast("float32")', "where"],
});

/** The record of a question about two numbers: its draws make ties. */
export const comparison = (
  record: Pick<Binary, "name" | "f" | "reference"> & {
    /** The answers for [NaN, 1], [1, NaN], [NaN, NaN], [inf, inf], [−inf, inf], [0, −0]. */
    readonly answers: readonly [boolean, boolean, boolean, boolean, boolean, boolean];
  },
): OpSamples => {
  const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
  const pairs = [
    [nan, 1],
    [1, nan],
    [nan, nan],
    [inf, inf],
    [-inf, inf],
    [0, -0],
  ] as const;
  const few: Draw = (random) => Math.floor(3 * random());
  return {
    ...binary({
      ...record,
      draw: [few, few],
      differentiable: false,
      points: pairs.map(([a, b], i) => [a, b, +record.answers[i]!] as const),
      dtypes: { float32: "bool", int32: "bool", bool: "bool" },
    }),
  };
};

/** The record of a function of two conditions: numbers are refused. */
export const logical = (record: Pick<Binary, "name" | "f" | "reference">): OpSamples => {
  const { f } = record;
  const all = binary({
    ...record,
    draw: [oneOf(0, 1), oneOf(0, 1)],
    dtype: "bool",
    differentiable: false,
    points: [],
    errors: [
      {
        title: "numbers",
        inputs: [tensor([1, 0]), tensor([1, 1])],
        apply: f,
        error: "DTypeError",
        says: ["expected bool, got float32", "x.ne(0)"],
      },
      {
        title: "a number that is no condition",
        inputs: [tensor([true, false])],
        apply: (a) => f(a!, 2 as never),
        error: "DTypeError",
        says: ["the number 2", "bool"],
      },
    ],
    dtypes: {},
  });
  const table: Special = {
    title: "the truth table",
    inputs: [tensor([false, false, true, true]), tensor([false, true, false, true])],
    apply: f,
    value: [0, 1, 2, 3].map((i) => record.reference(i >> 1, i & 1) === 1),
  };
  return { ...all, specials: [table] };
};
