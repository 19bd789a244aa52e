import { checkpoint as again, type Shape, type Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { elementwise } from "../support/plain.js";
import type { OpSamples, Sample } from "../support/sample.js";
import { float64, numeric } from "../support/values.js";

const random = stream("checkpoint");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

/** a·b − a, squared, of which what lies between is computed again. */
const sample = (title: string, a: Tensor, b: Tensor): Sample => ({
  title,
  inputs: [a, b],
  apply: (a, b) => again((a: Tensor, b: Tensor) => a.mul(b).sub(a).square())(a!, b!),
  reference: elementwise((a, b) => (a * b - a) ** 2),
  smooth: true,
});

const shapes: readonly Shape[] = [[], [0], [0, 3], [1], [3], [4], [5], [17], [2, 3], [2, 1, 2]];

export const checkpoint: OpSamples = {
  differentiable: true,
  float32: 1e-5,
  samples: [
    ...shapes.map((shape) => sample(`[${shape}]`, of(shape), of(shape))),
    ...shapes.slice(2, 6).map((shape) => sample(`[${shape}] and a number`, of(shape), of([]))),
    sample("a column and a row", of([2, 1]), of([1, 3])),
    sample("a row and a column", of([1, 3]), of([2, 1])),
    ...Object.entries(layouts).map(([title, layout]) => sample(title, layout([3, 4], of), of([4]))),
    {
      title: "what is closed over",
      inputs: [of([3]), of([3])],
      apply: (a, b) => again((a: Tensor) => a.mul(b!).sub(a).square())(a!),
      reference: elementwise((a, b) => (a * b - a) ** 2),
      smooth: true,
    },
    {
      title: "one in another",
      inputs: [of([3]), of([3])],
      apply: (a, b) =>
        again((a: Tensor, b: Tensor) => again((c: Tensor) => c.sub(a).square())(a.mul(b)))(a!, b!),
      reference: elementwise((a, b) => (a * b - a) ** 2),
      smooth: true,
    },
  ],
  specials: [
    {
      title: "conventions are those of what it contains",
      inputs: [float64([-1, 0, 2])],
      apply: (x) => again((x: Tensor) => x.relu())(x!),
      value: [0, 0, 2],
      gradient: [[0, 0, 1]],
    },
  ],
  errors: [],
  dtypes: numeric,
};
