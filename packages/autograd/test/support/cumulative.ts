import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "./draw.js";
import { axisErrors } from "./ordering.js";
import { at, build } from "./plain.js";
import type { OpSamples, Sample, Special } from "./sample.js";
import { numeric, refusesBool } from "./values.js";

interface Options {
  readonly reverse?: boolean;
  readonly exclusive?: boolean;
}

interface Cumulative {
  readonly name: string;
  readonly f: (x: Tensor, axis: number, options?: Options) => Tensor;
  /** What the elements so far come to; of none too. */
  readonly fold: (list: readonly number[]) => number;
  readonly specials: readonly Special[];
}

/** The record of a function that folds, at each place of an axis, all elements so far. */
export function cumulative({ name, f, fold, specials }: Cumulative): OpSamples {
  const random = stream(name);
  const of = (shape: Shape) => drawn(shape, awayFromZero, random);
  const sample = (title: string, x: Tensor, given: number, options?: Options): Sample => ({
    title: `${title} ${JSON.stringify(options) ?? ""}`,
    inputs: [x],
    apply: (x) => f(x!, given, options),
    reference: (x) => {
      const axis = (given + x.shape.length) % x.shape.length;
      const { reverse = false, exclusive = false } = options ?? {};
      return build(x.shape, (index) => {
        const row = Array.from({ length: x.shape[axis]! }, (_, i) => at(x, index.with(axis, i)));
        const [place, own] = [index[axis]!, exclusive ? 0 : 1];
        return fold(reverse ? row.slice(place + 1 - own) : row.slice(0, place + own));
      });
    },
    smooth: true,
  });
  const ways = [{ reverse: true }, { exclusive: true }, { reverse: true, exclusive: true }];
  return {
    differentiable: true,
    leastRank: 1,
    float32: 1e-6,
    samples: [
      ...[0, 1, 3, 4, 5, 17].map((side) => sample(`[${side}]`, of([side]), 0)),
      ...ways.flatMap((options) => [
        ...[0, 1, 4].map((side) => sample(`[${side}]`, of([side]), 0, options)),
        sample("columns", of([3, 2]), 0, options),
      ]),
      sample("rows", of([2, 3]), 1),
      sample("columns", of([3, 2]), 0),
      sample("the middle axis", of([2, 3, 2]), -2),
      sample("no rows", of([0, 3]), 1),
      sample("empty columns", of([0, 3]), 0),
      ...Object.entries(layouts).flatMap(([title, layout]) =>
        [0, -1].map((axis) => sample(title, layout([3, 4], of), axis)),
      ),
    ],
    specials,
    errors: [...axisErrors((x, axis) => f(x, axis!)), refusesBool((x) => f(x!, 0))],
    dtypes: numeric,
  };
}
