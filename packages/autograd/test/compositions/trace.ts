import type { Shape, Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, exactSum } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, inf, int32, nan, numeric, refusesBool } from "../support/values.js";

const random = stream("trace");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

const sample = (title: string, x: Tensor): Sample => ({
  title: `${title} [${x.shape}]`,
  inputs: [x],
  apply: (x) => x!.trace(),
  reference: (x) => {
    const length = Math.min(...x.shape);
    return { shape: [], data: [exactSum(Array.from({ length }, (_, i) => at(x, [i, i])))] };
  },
  smooth: true,
});

const sides: readonly Shape[] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [5, 5],
  [17, 17],
  [1, 4],
  [4, 1],
  [2, 3],
  [3, 2],
  [0, 0],
  [0, 3],
  [2, 0],
];

export const trace: OpSamples = {
  differentiable: true,
  leastRank: 2,
  float32: 1e-6,
  samples: [
    ...sides.map((shape) => sample("row-major", of(shape))),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout([3, 3], of)),
      sample(title, layout([4, 2], of)),
    ]),
  ],
  specials: [
    {
      title: "what is off the diagonal takes no part",
      inputs: [
        float64([
          [1, nan],
          [inf, 2],
        ]),
      ],
      apply: (x) => x!.trace(),
      value: 3,
      gradient: [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    },
    {
      title: "of integers",
      inputs: [
        int32([
          [1, 2],
          [3, 4],
        ]),
      ],
      apply: (x) => x!.trace(),
      value: 5,
    },
  ],
  errors: [
    {
      title: "a vector",
      inputs: [float64([1, 2])],
      apply: (x) => x!.trace(),
      error: "ShapeError",
      says: ["[2]", "no matrix"],
    },
    refusesBool((x) => x!.reshape([1, 2]).trace()),
  ],
  dtypes: numeric,
};
