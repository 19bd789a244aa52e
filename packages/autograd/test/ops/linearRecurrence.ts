import { linearRecurrence as recur, type Shape, type Tensor, tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, build, exactSum } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, inf, int32, nan, numeric } from "../support/values.js";

const random = stream("linearRecurrence");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

/** Written out: h[t] is the sum of all terms b[s] up to t, each times the factors a after s. */
const sample = (
  title: string,
  inputs: readonly [a: Tensor, b: Tensor],
  options: { readonly axis?: number; readonly reverse?: boolean } = {},
): Sample => ({
  title: `${title} ${JSON.stringify(options)}`,
  inputs,
  apply: (a, b) => recur(a!, b!, options),
  reference: (a, b) => {
    const rank = Math.max(a!.shape.length, b!.shape.length);
    const [left, right] = [a!, b!].map(({ shape }) => [
      ...new Array<number>(rank - shape.length).fill(1),
      ...shape,
    ]) as [number[], number[]];
    const shape = left.map((side, i) => (side === 1 ? right[i]! : side));
    const axis = ((options.axis ?? -1) + rank) % rank;
    const order = Array.from({ length: shape[axis]! }, (_, t) => t);
    if (options.reverse) order.reverse();
    return build(shape, (index) => {
      const steps = order.slice(0, order.indexOf(index[axis]!) + 1);
      const products = steps.map((s, i) =>
        steps
          .slice(i + 1)
          .reduce((h, t) => h * at(a!, index.with(axis, t)), at(b!, index.with(axis, s))),
      );
      return exactSum(products);
    });
  },
  smooth: true,
});

export const linearRecurrence: OpSamples = {
  differentiable: true,
  leastRank: 1,
  float32: 1e-6,
  samples: [
    ...[1, 3, 4, 5, 17].map((n) => sample(`[${n}]`, [of([n]), of([n])])),
    ...[1, 2, 3, 5].map((n) => sample(`[${n}]`, [of([n]), of([n])], { reverse: true })),
    sample("nothing", [of([0]), of([0])]),
    sample("no steps", [of([0, 3]), of([0, 3])], { axis: 0 }),
    sample("no rows", [of([0, 3]), of([0, 3])], { reverse: true }),
    sample("columns", [of([4, 3]), of([4, 3])], { axis: 0 }),
    sample("columns", [of([4, 3]), of([4, 3])], { axis: 0, reverse: true }),
    sample("the middle axis", [of([2, 3, 2]), of([2, 3, 2])], { axis: -2 }),
    sample("one factor", [of([]), of([2, 3])]),
    sample("one term", [of([2, 3]), of([])], { axis: 0 }),
    sample("a factor for each row", [of([2, 1]), of([2, 4])]),
    sample("rows of factors, columns of terms", [of([4]), of([3, 1])], { reverse: true }),
    sample("terms along a new axis", [of([3]), of([2, 3])], { axis: 0 }),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, [layout([3, 4], of), layout([3, 4], of)], { axis: 0 }),
      sample(title, [layout([3, 4], of), of([3, 4])], { reverse: true }),
    ]),
  ],
  specials: [
    {
      title: "a factor of 0 begins anew",
      inputs: [float64([2, 0, 2]), float64([1, 5, 7])],
      apply: (a, b) => a!.linearRecurrence(b!),
      value: [1, 5, 17],
      gradient: [
        [0, 3, 5],
        [1, 3, 1],
      ],
    },
    {
      title: "the first factor takes no part, whatever it is",
      inputs: [float64([nan, 2]), float64([1, 1])],
      apply: (a, b) => a!.linearRecurrence(b!),
      value: [1, 3],
      gradient: [
        [0, 1],
        [3, 1],
      ],
    },
    {
      title: "infinities",
      inputs: [float64([1, 1, 0]), float64([inf, 1, 1])],
      apply: (a, b) => a!.linearRecurrence(b!),
      value: [inf, inf, nan],
    },
    {
      title: "a number as the factor: a moving average",
      inputs: [float64([8, 0, 4])],
      apply: (x) => recur(0.5, x!.mul(0.5)),
      value: [4, 2, 3],
      gradient: [[0.875, 0.75, 0.5]],
    },
    {
      title: "integers wrap",
      inputs: [int32([1, 2, 3]), int32([2147483647, 2, 1])],
      apply: (a, b) => a!.linearRecurrence(b!),
      value: [2147483647, 0, 1],
    },
  ],
  errors: [
    {
      title: "shapes that do not broadcast",
      inputs: [float64([1, 2]), float64([1, 2, 3])],
      apply: (a, b) => recur(a!, b!),
      error: "ShapeError",
      says: ["[2]", "[3]", "axis 0 is 2 against 3"],
    },
    {
      title: "two dtypes",
      inputs: [tensor([1]), float64([1])],
      apply: (a, b) => recur(a!, b!),
      error: "DTypeError",
      says: ["float32", "float64", "cast"],
    },
    {
      title: "bool operands",
      inputs: [tensor([true])],
      apply: (x) => recur(x!, x!),
      error: "DTypeError",
      says: ["expected numbers, got bool", '.cast("float32")'],
    },
    {
      title: "an axis out of range",
      inputs: [float64([1])],
      apply: (x) => recur(x!, x!, { axis: 1 }),
      error: "ShapeError",
      says: ["axis 1", "rank 1", "-1 to 0"],
    },
    {
      title: "scalars",
      inputs: [float64(1)],
      apply: (x) => recur(x!, x!),
      error: "ShapeError",
      says: ["rank 0", "scalar"],
    },
  ],
  dtypes: numeric,
};
