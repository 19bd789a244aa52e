import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, build, exactSum, indicesOf } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, numeric, refusesBool } from "../support/values.js";

interface Options {
  readonly step?: number;
  readonly dilation?: number;
}

const random = stream("fold");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

const sample = (
  title: string,
  x: Tensor,
  [given, length, options = {}]: readonly [axis: number, length: number, options?: Options],
): Sample => {
  const axis = given < 0 ? given + x.rank - 1 : given;
  const { step = 1, dilation = 1 } = options;
  return {
    title: `${title}: [${x.shape}] along ${given} to ${length}, ${JSON.stringify(options)}`,
    inputs: [x],
    apply: (x) => x!.fold(given, length, options),
    reference: (x) =>
      build(x.shape.slice(0, -1).with(axis, length), (index) => {
        const reached = indicesOf([x.shape[axis]!, x.shape.at(-1)!]).filter(
          ([window, place]) => step * window! + dilation * place! === index[axis],
        );
        return exactSum(
          reached.map(([window, place]) => at(x, [...index.with(axis, window!), place!])),
        );
      }),
    smooth: true,
  };
};

export const fold: OpSamples = {
  differentiable: true,
  leastRank: 2,
  float32: 1e-6,
  samples: [
    sample("one element", of([1, 1]), [0, 1]),
    sample("windows of one", of([3, 1]), [0, 3]),
    sample("one window", of([1, 3]), [0, 3]),
    sample("side by side", of([2, 2]), [0, 4, { step: 2 }]),
    sample("overlapping", of([3, 2]), [-1, 4]),
    sample("overlapping more", of([3, 3]), [0, 5]),
    sample("a rest that none reaches", of([2, 2]), [0, 5, { step: 2 }]),
    sample("a hole", of([1, 3]), [0, 5, { dilation: 2 }]),
    sample("a hole and a step", of([4, 4]), [0, 17, { step: 3, dilation: 2 }]),
    sample("the first axis", of([2, 4, 2]), [0, 3]),
    sample("the last axis", of([3, 2, 2]), [-1, 4, { step: 2 }]),
    sample("the middle axis", of([2, 2, 2, 2]), [1, 5, { dilation: 3 }]),
    sample("a negative axis", of([2, 2, 4, 2]), [-2, 3]),
    sample("no rows", of([0, 2, 2]), [1, 3]),
    sample("no columns", of([2, 0, 2]), [0, 3]),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([3, 2], of), [0, 4]),
      sample(title, layout([2, 3, 2], of), [1, 6, { step: 2 }]),
    ]),
  ],
  specials: [
    {
      title: "of the windows of a vector: each element as often as it lies in one",
      inputs: [float64([1, 2, 3, 4])],
      apply: (x) => x!.unfold(0, 3).fold(0, 4),
      value: [1, 4, 6, 4],
      gradient: [[1, 2, 2, 1]],
    },
  ],
  errors: [
    {
      title: "a length that other windows have",
      inputs: [float64([[1, 2]])],
      apply: (x) => x!.fold(0, 4),
      error: "ShapeError",
      says: ["axis 0 of [1, 2] holds 1 window", "length of 4 has 3"],
    },
    {
      title: "a length shorter than a window",
      inputs: [float64([[1, 2, 3]])],
      apply: (x) => x!.fold(0, 2),
      error: "ShapeError",
      says: ["size 3", "spans 3", "axis 0 of [2] is 2"],
    },
    {
      title: "a vector",
      inputs: [float64([1, 2])],
      apply: (x) => x!.fold(0, 2),
      error: "ShapeError",
      says: ["rank 1", "windows along one axis"],
    },
    {
      title: "the axis of the windows' elements",
      inputs: [float64([[1, 2]])],
      apply: (x) => x!.fold(1, 2),
      error: "ShapeError",
      says: ["axis 1", "rank 1"],
    },
    {
      title: "a step of 0",
      inputs: [float64([[1, 2]])],
      apply: (x) => x!.fold(0, 2, { step: 0 }),
      error: "ValueError",
      says: ["step = 0", "at least 1"],
    },
    refusesBool((x) => x!.unsqueeze(1).fold(0, 2)),
  ],
  dtypes: numeric,
};
