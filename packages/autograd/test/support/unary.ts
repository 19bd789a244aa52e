import { type DType, type Shape, type Tensor, tensor } from "../../src/index.js";
import { awayFromZero, type Draw, drawn, layouts, stream } from "./draw.js";
import { elementwise } from "./plain.js";
import type { OpSamples, Special } from "./sample.js";

interface Unary {
  /** The name: it seeds the stream of samples. */
  readonly name: string;
  readonly f: (x: Tensor) => Tensor;
  readonly reference: (x: number) => number;
  /** From where samples are drawn: inside the domain and away from kinks. */
  readonly draw?: Draw;
  /** What is drawn: float64, unless the function takes conditions alone. */
  readonly dtype?: DType;
  readonly differentiable?: boolean;
  /** x, f(x) and f′(x), where they are a convention; without the slope it is not asserted. */
  readonly points: readonly (readonly [x: number, y: number, slope?: number])[];
  readonly errors?: OpSamples["errors"];
  readonly dtypes: NonNullable<OpSamples["dtypes"]>;
}

const shapes: readonly Shape[] = [
  [],
  [0],
  [0, 3],
  [2, 0],
  [1],
  [1, 1],
  [2],
  [3],
  [4],
  [5],
  [8],
  [17],
  [2, 3],
  [2, 1, 3],
  [2, 2, 1, 2],
];

/** The record of a function of one number. */
export function unary(record: Unary): OpSamples {
  const { name, f, reference, draw = awayFromZero, dtype, differentiable = true } = record;
  const random = stream(name);
  const sample = (title: string, x: Tensor) => ({
    title,
    inputs: [x],
    apply: f,
    reference: elementwise(reference),
    smooth: true,
  });
  const of = (shape: Shape) => drawn(shape, draw, random, dtype);
  return {
    differentiable,
    samples: [
      ...shapes.map((shape) => sample(`shape [${shape}]`, of(shape))),
      ...Object.entries(layouts).map(([title, layout]) => sample(title, layout([3, 4], of))),
      sample("flipped vector", layouts.flipped!([5], of)),
      sample("stepped vector", layouts.stepped!([9], of)),
      sample("transposed cube", layouts.transposed!([2, 3, 2], of)),
    ],
    specials: specialPoints(f, record.points),
    errors: record.errors ?? [],
    dtypes: record.dtypes,
  };
}

/** Each point as a scalar, and all of them in one vector: a kernel may treat these apart. */
function specialPoints(f: Unary["f"], points: Unary["points"]): Special[] {
  const one = ([x, y, slope]: Unary["points"][number]): Special => ({
    title: `at ${Object.is(x, -0) ? "-0" : x}`,
    inputs: [tensor(x, { dtype: "float64" })],
    apply: f,
    value: y,
    gradient: [slope],
  });
  const known = points.filter(([, , slope]) => slope !== undefined);
  const all: Special = {
    title: "all points in one vector",
    inputs: [
      tensor(
        known.map(([x]) => x),
        { dtype: "float64" },
      ),
    ],
    apply: f,
    value: known.map(([, y]) => y),
    gradient: [known.map(([, , slope]) => slope!)],
  };
  return known.length > 0 ? [...points.map(one), all] : points.map(one);
}
