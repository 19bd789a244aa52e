import type { Shape, Tensor } from "../../src/index.js";
import { type CallOptions, ofExamples, perAxis, pooling, stepsOf } from "./convolution.js";
import { type Draw, drawn, layouts, stream } from "./draw.js";
import type { ErrorCase, Sample } from "./sample.js";
import { int32 } from "./values.js";

export interface PoolOptions extends CallOptions {
  readonly countIncludePad?: boolean;
}

interface Pool {
  readonly name: string;
  readonly axes: number;
  readonly f: (x: Tensor, size: number | readonly number[], options: PoolOptions) => Tensor;
  /** The value of a window, whose places outside the input are null. */
  readonly fold: (options: PoolOptions) => (window: readonly (number | null)[]) => number;
}

type Call = readonly [x: Shape, size: number | readonly number[], options?: PoolOptions];

/** The samples of a pool over one axis or two. */
export function poolSamples({ name, axes, f, fold }: Pool, more: readonly Call[]): Sample[] {
  const random = stream(name);
  // Numbers far from each other: a difference must not change which is the largest.
  const draw: Draw = (random) => Math.round(1000 * (random() - 0.5)) + 0.1 * random();
  const of = (shape: Shape) => drawn(shape, draw, random);
  const sample = (title: string, x: Tensor, [, size, options = {}]: Call): Sample => ({
    title: `${title} [${x.shape}], ${size}, ${JSON.stringify(options)}`,
    inputs: [x],
    apply: (x) => f(x!, size, options),
    reference: ofExamples(axes, (x) => {
      const steps = stepsOf(axes, { ...options, stride: options.stride ?? size });
      return pooling(perAxis(axes, size), steps)(fold(options))(x);
    }),
    // Equal numbers, as in repeated rows, share no gradient: the first takes it all.
    smooth: title !== "repeated",
  });
  const with1 = (...sides: number[]): Shape => (axes === 1 ? sides : [...sides, 1]);
  const calls: Call[] = [
    [with1(1, 1, 1), 1],
    [with1(1, 1, 3), with1(3)],
    [with1(2, 2, 4), with1(2)],
    [with1(1, 2, 5), with1(2)],
    [with1(1, 1, 17), with1(4), { stride: with1(3) }],
    [with1(1, 1, 5), with1(3), { stride: 1 }],
    [with1(1, 1, 4), with1(2), { padding: with1(1).map((_, i) => (i === 0 ? 1 : 0)) }],
    [with1(1, 2, 5), with1(3), { stride: 2, padding: [1, 0].slice(0, axes) }],
    [with1(2, 4), with1(2)],
    [with1(0, 2, 4), with1(2)],
    [with1(2, 0, 4), with1(2)],
    ...more,
  ];
  const x = axes === 1 ? [1, 2, 6] : [1, 1, 4, 3];
  return [
    ...calls.map((call) => sample("row-major", of(call[0]), call)),
    ...Object.entries(layouts).flatMap(([title, layout]) => [
      sample(title, layout(x, of), [x, 2]),
      sample(title, layout(x, of), [x, 2, { stride: 1, padding: 1 }]),
    ]),
  ];
}

/** What every pool refuses. */
export function poolErrors({ f, axes }: Pick<Pool, "f" | "axes">): ErrorCase[] {
  const x = drawn([1, 1, ...perAxis(axes, 3)], () => 1, Math.random);
  const wrong = (
    title: string,
    error: ErrorCase["error"],
    [size, options]: readonly [number | readonly number[], PoolOptions],
    says: readonly string[],
  ): ErrorCase => ({ title, inputs: [x], apply: (x) => f(x!, size, options), error, says });
  return [
    wrong("a window of nothing", "ValueError", [0, {}], ["size = 0", "at least 1"]),
    wrong("a stride of 0", "ValueError", [2, { stride: 0 }], ["stride = 0", "at least 1"]),
    wrong("a negative padding", "ValueError", [2, { padding: -1 }], ["padding = -1", "at least 0"]),
    wrong(
      "padding of more than half a window",
      "ValueError",
      [2, { padding: 2 }],
      ["padding = 2", "span 2", "half"],
    ),
    wrong("sizes for other axes", "ValueError", [[2, 2, 2], {}], ["size = [2, 2, 2]"]),
    wrong(
      "a window larger than the input",
      "ShapeError",
      [4, {}],
      [`[${perAxis(axes, 4).join(", ")}]`, `[${perAxis(axes, 3).join(", ")}]`, "padding"],
    ),
    {
      title: "an input of too few axes",
      inputs: [drawn([3], () => 1, Math.random)],
      apply: (x) => f(x!, 2, {}),
      error: "ShapeError",
      says: ["[N, C,", "[3]"],
    },
    {
      title: "integers",
      inputs: [int32([[[1, 2]]])],
      apply: (x) => f(x!, 1, {}),
      error: "DTypeError",
      says: ["int32", '.cast("float32")'],
    },
  ];
}
