import type { Shape, Tensor } from "../../src/index.js";
import { drawn, layouts, stream } from "./draw.js";
import { fold } from "./plain.js";
import { refusesNothing } from "./reduction.js";
import type { OpSamples, Sample, Special } from "./sample.js";
import { float64 } from "./values.js";

interface IndexOfBest {
  readonly name: string;
  readonly f: (x: Tensor, axis?: number) => Tensor;
  /** Sorts the best to the front. */
  readonly order: (a: number, b: number) => number;
  readonly specials: readonly Special[];
}

/** The record of a function that finds the place of the best element along an axis. */
export function indexOfBest({ name, f, order, specials }: IndexOfBest): OpSamples {
  const random = stream(name);
  // Few different numbers, so that there are ties.
  const of = (shape: Shape) => drawn(shape, (random) => Math.floor(4 * random()), random);
  const sample = (title: string, x: Tensor, axis?: number): Sample => ({
    title,
    inputs: [x],
    apply: (x) => f(x!, axis),
    reference: (x) =>
      fold(x, [((axis ?? -1) + x.shape.length) % x.shape.length], (list) =>
        list.indexOf(list.toSorted(order)[0]!),
      ),
    smooth: true,
  });
  return {
    differentiable: false,
    leastRank: 1,
    samples: [
      ...[1, 3, 4, 5, 17].map((side) => sample(`[${side}]`, of([side]))),
      sample("first axis", of([4, 3]), 0),
      sample("last axis", of([4, 5]), -1),
      sample("an axis of 1", of([4, 1]), 1),
      sample("middle axis", of([2, 4, 3]), 1),
      sample("middle axis from the end", of([2, 3, 4]), -2),
      sample("no results", of([0, 3]), 1),
      sample("no results across", of([3, 0]), 0),
      ...Object.entries(layouts).flatMap(([title, layout]) => [
        sample(title, layout([3, 4], of), 0),
        sample(`${title}, last axis`, layout([3, 4], of)),
      ]),
    ],
    specials,
    errors: [
      refusesNothing((x, axis) => f(x, axis as number)),
      {
        title: "an axis out of range",
        inputs: [float64([1])],
        apply: (x) => f(x!, 1),
        error: "ShapeError",
        says: ["axis 1", "rank 1"],
      },
      {
        title: "a scalar",
        inputs: [float64(1)],
        apply: (x) => f(x!),
        error: "ShapeError",
        says: ["rank 0", "scalar"],
      },
    ],
    dtypes: { float32: "int32", int32: "int32", bool: "int32" },
  };
}
