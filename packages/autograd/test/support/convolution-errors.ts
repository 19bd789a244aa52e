import type { Operand, Shape, Tensor } from "../../src/index.js";
import type { CallOptions } from "./convolution.js";
import { drawn } from "./draw.js";
import type { ErrorCase } from "./sample.js";

interface Convolution {
  readonly f: (
    x: Tensor,
    weight: Tensor,
    options: CallOptions & { readonly bias?: Operand },
  ) => Tensor;
  readonly axes: number;
  readonly isTransposed: boolean;
}

/** What every convolution refuses. */
export function convolutionErrors({ f, axes, isTransposed }: Convolution): ErrorCase[] {
  const ones = (shape: Shape) => drawn(shape, () => 1, Math.random);
  const show = (shape: Shape) => `[${shape.join(", ")}]`;
  const sides = Array.from({ length: axes }, () => 4);
  const size = Array.from({ length: axes }, () => 2);
  const weightOf = (outputs: number, inputs: number) =>
    isTransposed ? [inputs, outputs, ...size] : [outputs, inputs, ...size];
  const weight = weightOf(4, 2);
  const x = [1, 2, ...sides];
  const wrong = (
    title: string,
    error: ErrorCase["error"],
    options: CallOptions,
    says: readonly string[],
    [input, kernel]: readonly [Shape, Shape] = [x, weight],
  ): ErrorCase => ({
    title,
    inputs: [ones(input), ones(kernel)],
    apply: (x, w) => f(x!, w!, options),
    error,
    says,
  });
  const tooLarge = wrong(
    "a kernel larger than the input",
    "ShapeError",
    { dilation: 5, padding: 0 },
    ["kernel", show(size), "dilation 5", show(size.map(() => 6)), show(sides)],
  );
  return [
    wrong("a stride of 0", "ValueError", { stride: 0 }, ["stride = 0", "at least 1"]),
    wrong("a dilation of 0", "ValueError", { dilation: 0 }, ["dilation = 0", "at least 1"]),
    wrong("a negative padding", "ValueError", { padding: -1 }, ["padding = -1", "at least 0"]),
    wrong("half a stride", "ValueError", { stride: 0.5 }, ["stride = 0.5", "integer"]),
    wrong("too many strides", "ValueError", { stride: [1, 1, 1] }, [
      "stride = [1, 1, 1]",
      `${axes} ax`,
    ]),
    wrong("no groups", "ValueError", { groups: 0 }, ["groups = 0", "at least 1"]),
    wrong("channels that groups do not divide", "ValueError", { groups: 3 }, ["groups = 3", "2"]),
    wrong(
      "other channels than the weight's",
      "ShapeError",
      {},
      ["the input has 3 channels", show(weight), "groups = 1 takes 2"],
      [[1, 3, ...sides], weight],
    ),
    wrong("an input of too few axes", "ShapeError", {}, ["[N, C,", "[4]"], [[4], weight]),
    wrong(
      "a weight of too few axes",
      "ShapeError",
      {},
      ["the weight has shape [2, 2]"],
      [x, [2, 2]],
    ),
    wrong("a kernel of nothing", "ShapeError", {}, ["not empty"], [x, weight.with(2, 0)]),
    ...(isTransposed ? [] : [tooLarge]),
    {
      title: "a bias of another length",
      inputs: [ones(x), ones(weight), ones([3])],
      apply: (x, w, bias) => f(x!, w!, { bias: bias! }),
      error: "ShapeError",
      says: ["the bias has shape [3]", "[4]"],
    },
    {
      title: "two dtypes",
      inputs: [ones(x), ones(weight).cast("float32")],
      apply: (x, w) => f(x!, w!, {}),
      error: "DTypeError",
      says: ["float64 and float32", "cast"],
    },
  ];
}
