import { scan as loop, type ScanOptions, type Shape, type Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, numeric } from "../support/values.js";

const random = stream("scan");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

/** c' = c·x + w², y = c' − x: a carry, a sequence and what is closed over. The carry comes first. */
const sample = (
  title: string,
  [start, list, weight]: readonly [start: Tensor, list: Tensor, weight: Tensor],
  options: ScanOptions = {},
): Sample => ({
  title: `${title} ${JSON.stringify(options)}`,
  inputs: [start, list, weight],
  apply: (start, list, w) => {
    const step = (c: Tensor, x: Tensor): [Tensor, Tensor] => {
      const next = c.mul(x).add(w!.square());
      return [next, next.sub(x)];
    };
    const [last, results] = loop(step, start!, list!, options);
    return last.unsqueeze(0).concat([results]);
  },
  reference: (start, list, w) => {
    const width = start!.data.length;
    const steps = list!.shape[0]!;
    const results = new Array<number>(steps * width);
    let carry = [...start!.data];
    for (let i = 0; i < steps; i++) {
      const t = options.reverse ? steps - 1 - i : i;
      carry = carry.map((c, j) => c * list!.data[t * width + j]! + w!.data[j]! ** 2);
      for (let j = 0; j < width; j++)
        results[t * width + j] = carry[j]! - list!.data[t * width + j]!;
    }
    return { shape: [steps + 1, ...start!.shape], data: [...carry, ...results] };
  },
  smooth: true,
});

const calls: readonly (readonly [steps: number, shape: Shape])[] = [
  [3, []],
  [1, []],
  [0, []],
  [0, [2]],
  [1, [2]],
  [4, [2]],
  [5, [1]],
  [17, []],
  [3, [0]],
  [2, [0, 3]],
  [2, [1, 2]],
];

export const scan: OpSamples = {
  differentiable: true,
  float32: 1e-6,
  samples: [
    ...calls.flatMap(([steps, shape]) =>
      [{}, { reverse: true, checkpoint: true }].map((options) =>
        sample(
          `${steps} steps of [${shape}]`,
          [of(shape), of([steps, ...shape]), of(shape)],
          options,
        ),
      ),
    ),
    sample("in reverse", [of([2]), of([3, 2]), of([2])], { reverse: true }),
    sample("computed again", [of([2]), of([3, 2]), of([2])], { checkpoint: true }),
    ...Object.entries(layouts).map(([title, layout]) =>
      sample(title, [of([4]), layout([3, 4], of), of([4])]),
    ),
  ],
  specials: [
    {
      title: "no steps: the carry goes through",
      inputs: [float64([1, 2]), float64([]).reshape([0, 2])],
      apply: (start, list) => loop((c, x) => [c.mul(x), c], start!, list!)[0],
      value: [1, 2],
      gradient: [[1, 1], undefined],
    },
  ],
  errors: [
    {
      title: "a carry that changes its shape",
      inputs: [float64(1), float64([[1, 2]])],
      apply: (start, list) => loop((c, x) => [c.add(x), null], start!, list!)[0],
      error: "ShapeError",
      says: ["carry 0", "[2]"],
    },
    {
      title: "sequences of different length",
      inputs: [float64([1, 2]), float64([1, 2, 3])],
      apply: (a, b) => loop((c, [x, y]) => [c.add(x!.mul(y!)), null], float64(0), [a!, b!])[0],
      error: "ShapeError",
      says: ["[2] and [3]", "axis 0 of every sequence must be 2"],
    },
  ],
  dtypes: numeric,
};
