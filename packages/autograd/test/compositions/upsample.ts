import { type Shape, type Tensor, type UpsampleOptions, upsample as up } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { at, build, indicesOf, type Plain } from "../support/plain.js";
import type { ErrorCase, OpSamples, Sample } from "../support/sample.js";
import { float64, int32 } from "../support/values.js";

const random = stream("upsample");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

/** The element nearest below: place p of the result is place p / factor of the input. */
const nearest =
  (sides: Shape, factors: readonly number[]) =>
  (x: Plain): Plain =>
    build([...x.shape.slice(0, 2), ...sides], ([n, c, ...place]) =>
      at(x, [
        n!,
        c!,
        ...place.map((p, i) => Math.min(Math.floor(p / factors[i]!), x.shape[2 + i]! - 1)),
      ]),
    );

/** Hat functions around every element of the input, at the places of the result. */
const bilinear =
  (sides: Shape, place: (p: number, axis: number, side: number) => number) =>
  (x: Plain): Plain =>
    build([...x.shape.slice(0, 2), ...sides], ([n, c, ...to]) => {
      const center = to.map((p, i) => {
        const last = x.shape[2 + i]! - 1;
        return Math.min(Math.max(place(p, i, last + 1), 0), last);
      });
      return indicesOf(x.shape.slice(2)).reduce((sum, from) => {
        const hat = from.reduce(
          (product, p, i) => product * Math.max(0, 1 - Math.abs(p - center[i]!)),
          1,
        );
        return sum + hat * at(x, [n!, c!, ...from]);
      }, 0);
    });

const sample = (
  x: Tensor,
  options: UpsampleOptions,
  reference: (x: Plain) => Plain,
  title = "row-major",
): Sample => ({
  title: `${title} [${x.shape}], ${JSON.stringify(options)}`,
  inputs: [x],
  apply: (x) => up(x!, options),
  reference,
  smooth: true,
});

const bySize = (x: Tensor, size: readonly number[]) =>
  nearest(
    size,
    size.map((side, i) => side / x.shape[2 + i]!),
  );

/** Edges on edges: pixels have a width, and their centers lie half a pixel inside. */
const edges = (size: readonly number[]) =>
  bilinear(size, (p, i, side) => ((p + 0.5) * side) / size[i]! - 0.5);

/** Corners on corners: the first and last elements stay where they are. */
const corners = (size: readonly number[]) =>
  bilinear(size, (p, i, side) => (size[i]! > 1 ? (p * (side - 1)) / (size[i]! - 1) : 0));

const sized = (shape: Shape, size: readonly number[]): Sample[] => {
  const x = of(shape);
  const samples = [sample(x, { size }, bySize(x, size))];
  if (shape.length !== 4) return samples;
  return [
    ...samples,
    sample(x, { size, mode: "bilinear" }, edges(size)),
    sample(x, { size, mode: "bilinear", alignCorners: true }, corners(size)),
  ];
};

const wrong = (
  title: string,
  error: ErrorCase["error"],
  [shape, options]: readonly [Shape, UpsampleOptions],
  says: readonly string[],
): ErrorCase => ({ title, inputs: [of(shape)], apply: (x) => up(x!, options), error, says });

export const upsample: OpSamples = {
  differentiable: true,
  leastRank: 3,
  float32: 1e-6,
  samples: [
    ...sized([1, 1, 1], [1]),
    ...sized([1, 1, 3], [6]),
    ...sized([2, 2, 3], [4]),
    ...sized([1, 1, 5], [2]),
    ...sized([1, 1, 17], [4]),
    ...sized([0, 2, 3], [5]),
    ...sized([1, 1, 1, 1], [2, 3]),
    ...sized([1, 1, 2, 3], [4, 6]),
    ...sized([2, 1, 3, 2], [4, 3]),
    ...sized([1, 2, 4, 5], [2, 3]),
    ...sized([1, 1, 3, 3], [1, 1]),
    ...sized([2, 0, 2, 2], [3, 3]),
    sample(of([1, 2, 3]), { scale: 2 }, nearest([6], [2])),
    sample(of([1, 1, 3]), { scale: 1.5 }, nearest([4], [1.5])),
    sample(of([1, 1, 4, 4]), { scale: [2, 0.5] }, nearest([8, 2], [2, 0.5])),
    sample(
      of([1, 1, 3, 2]),
      { scale: 1.5, mode: "bilinear" },
      bilinear([4, 3], (p) => (p + 0.5) / 1.5 - 0.5),
    ),
    ...Object.entries(layouts).flatMap(([title, layout]) => {
      const x = layout([2, 1, 2, 3], of);
      return [
        sample(x, { size: [3, 6] }, bySize(x, [3, 6]), title),
        sample(x, { size: [3, 6], mode: "bilinear" }, edges([3, 6]), title),
      ];
    }),
  ],
  specials: [
    {
      title: "the edges repeat, the middle is shared",
      inputs: [float64([[[[0, 4]]]])],
      apply: (x) => up(x!, { size: [1, 4], mode: "bilinear" }),
      value: [[[[0, 1, 3, 4]]]],
      gradient: [[[[[2, 2]]]]],
    },
  ],
  errors: [
    wrong("neither scale nor size", "ValueError", [[1, 1, 2], {}], ["neither of scale and size"]),
    wrong("both", "ValueError", [[1, 1, 2], { scale: 2, size: 4 }], ["both of scale and size"]),
    wrong("a size of 0", "ValueError", [[1, 1, 2], { size: 0 }], ["size = 0", "at least 1"]),
    wrong(
      "a scale that leaves nothing",
      "ValueError",
      [[1, 1, 2], { scale: 0.1 }],
      ["scale = [0.1]", "[2]"],
    ),
    wrong("a negative scale", "ValueError", [[1, 1, 2], { scale: -1 }], ["scale = [-1]"]),
    wrong(
      "scales for other axes",
      "ValueError",
      [[1, 1, 2], { scale: [2, 2] }],
      ["scale = [2, 2]", "1 positive"],
    ),
    wrong("a matrix", "ShapeError", [[2, 2], { scale: 2 }], ["[2, 2]", "[N, C, L]"]),
    wrong(
      "bilinear over one axis",
      "ShapeError",
      [[1, 1, 2], { scale: 2, mode: "bilinear" }],
      ["[1, 1, 2]", "[N, C, H, W]"],
    ),
    wrong("nothing to repeat", "ShapeError", [[1, 1, 0], { size: 2 }], ["[1, 1, 0]", "elements"]),
    wrong(
      "an unknown mode",
      "ValueError",
      [[1, 1, 2], { size: 2, mode: "cubic" as "nearest" }],
      ['mode = "cubic"', "bilinear"],
    ),
    {
      title: "integers",
      inputs: [int32([[[1]]])],
      apply: (x) => up(x!, { scale: 2 }),
      error: "DTypeError",
      says: ["int32", '.cast("float32")'],
    },
  ],
  dtypes: { float32: "float32", int32: null, bool: null },
};
