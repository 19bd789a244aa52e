import type { Shape, Tensor } from "../../src/index.js";
import { type Draw, drawn, layouts, stream } from "./draw.js";
import { at, indicesOf, type Plain } from "./plain.js";
import type { ErrorCase, Sample } from "./sample.js";
import { float64 } from "./values.js";

/** How an ordering is asked for. */
interface Options {
  readonly descending?: boolean;
}

type Ordering = (x: Tensor, axis?: number, options?: Options) => Tensor;

/**
 * The places along the axis in order, worked out by counting: an element comes after all smaller
 * ones and after its equals before it.
 */
export function placesInOrder(x: Plain, axis: number, { descending = false }: Options): Plain {
  const { shape } = x;
  const data = new Array<number>(x.data.length);
  const flat = (index: readonly number[]) =>
    shape.reduce((place, side, i) => place * side + index[i]!, 0);
  for (const index of indicesOf(shape)) {
    const own = at(x, index);
    const row = Array.from({ length: shape[axis]! }, (_, i) => at(x, index.with(axis, i)));
    const before = row.filter((other, i) =>
      other === own ? i < index[axis]! : descending ? other > own : other < own,
    );
    data[flat(index.with(axis, before.length))] = index[axis]!;
  }
  return { shape, data };
}

/** The samples of an ordering along an axis, of few numbers with ties or of numbers apart. */
export function orderings(
  name: string,
  f: Ordering,
  draw: Draw,
  result: (x: Plain, places: Plain, axis: number) => Plain,
): Sample[] {
  const random = stream(name);
  const of = (shape: Shape) => drawn(shape, draw, random);
  const sample = (title: string, x: Tensor, axis?: number, options?: Options): Sample => ({
    title: `${title} ${JSON.stringify(options) ?? ""}`,
    inputs: [x],
    apply: (x) => f(x!, axis, options),
    reference: (x) => {
      const place = ((axis ?? -1) + x.shape.length) % x.shape.length;
      return result(x, placesInOrder(x, place, options ?? {}), place);
    },
    smooth: true,
  });
  return [
    ...[0, 1, 3, 4, 5, 17].map((side) => sample(`[${side}]`, of([side]))),
    ...[undefined, { descending: true }, { descending: false }].flatMap((options) => [
      sample("rows", of([3, 4]), 1, options),
      sample("columns", of([4, 3]), 0, options),
      sample("the middle axis", of([2, 4, 2]), -2, options),
      sample("a vector", of([6]), -1, options),
    ]),
    sample("no rows", of([0, 3]), 1),
    sample("empty rows", of([3, 0]), 1),
    ...Object.entries(layouts).map(([title, layout]) => sample(title, layout([3, 4], of), 0)),
  ];
}

/** An axis that is not there. */
export const axisErrors = (f: (x: Tensor, axis?: number) => Tensor): ErrorCase[] => [
  {
    title: "an axis out of range",
    inputs: [float64([1, 2])],
    apply: (x) => f(x!, 1),
    error: "ShapeError",
    says: ["axis 1", "rank 1", "-1 to 0"],
  },
  {
    title: "a scalar",
    inputs: [float64(1)],
    apply: (x) => f(x!, 0),
    error: "ShapeError",
    says: ["rank 0", "scalar"],
  },
];
