import { einsum as contractAll, type Shape, type Tensor } from "../../src/index.js";
import { awayFromZero, drawn, layouts, stream } from "../support/draw.js";
import { einsum as byHand } from "../support/product.js";
import type { ErrorCase, OpSamples, Sample } from "../support/sample.js";
import { float64, numeric } from "../support/values.js";

const random = stream("einsum");
const of = (shape: Shape) => drawn(shape, awayFromZero, random);

/** An equation, the operands, and the equation in full where the first leaves something out. */
const sample = (equation: string, x: readonly Tensor[], full = equation): Sample => ({
  title: `${equation} of ${x.map(({ shape }) => `[${shape}]`).join(" ")}`,
  inputs: x,
  apply: (...x) => contractAll(equation, ...x),
  reference: byHand(full.replaceAll(" ", "")),
  smooth: true,
});

const wrong = (
  title: string,
  error: ErrorCase["error"],
  equation: string,
  inputs: readonly Tensor[],
  says: readonly string[],
): ErrorCase => ({
  title,
  inputs,
  apply: (...x) => contractAll(equation, ...x),
  error,
  says,
});

export const einsum: OpSamples = {
  differentiable: true,
  float32: 1e-5,
  samples: [
    // One operand.
    sample("ij->ij", [of([2, 3])]),
    sample("->", [of([])]),
    sample("ij->ji", [of([2, 3])]),
    sample("ij->", [of([2, 3])]),
    sample("ijk->ki", [of([2, 3, 2])]),
    sample("ii->i", [of([3, 3])]),
    sample("ii->", [of([3, 3])]),
    sample("iji->ij", [of([2, 3, 2])]),
    sample("iii->i", [of([2, 2, 2])]),
    sample("ii->i", [of([0, 0])]),
    // Two.
    sample(",->", [of([]), of([])]),
    sample("i,->i", [of([3]), of([])]),
    ...[1, 3, 4, 5, 17].map((k) => sample("k,k->", [of([k]), of([k])])),
    sample("ij,jk->ik", [of([2, 3]), of([3, 2])]),
    sample("ij,jk->ki", [of([2, 3]), of([3, 2])]),
    sample("ij,ij->ij", [of([2, 3]), of([2, 3])]),
    sample("bij,bjk->bik", [of([2, 2, 2]), of([2, 2, 2])]),
    sample("ij,kl->ik", [of([2, 3]), of([2, 3])]),
    sample("ii,ij->j", [of([2, 2]), of([2, 3])]),
    sample("i,j->ji", [of([2]), of([3])]),
    sample("ij,j->i", [of([0, 3]), of([3])]),
    sample("ij,jk->ik", [of([2, 0]), of([0, 3])]),
    // Sides of 1 that broadcast.
    sample("ij,ij->ij", [of([1, 3]), of([2, 1])]),
    sample("ij,ij->", [of([1, 3]), of([2, 3])]),
    // Three, from left to right.
    sample("ij,jk,kl->il", [of([2, 3]), of([3, 2]), of([2, 3])]),
    sample("i,ij,j->", [of([2]), of([2, 3]), of([3])]),
    sample("i,i,i->i", [of([3]), of([3]), of([3])]),
    sample("ab,cd,be->eda", [of([2, 2]), of([2, 3]), of([2, 2])]),
    // Without a result, with spaces, and with "...".
    sample("ij,jk", [of([2, 3]), of([3, 2])], "ij,jk->ik"),
    sample("ba", [of([2, 3])], "ba->ab"),
    sample("bA", [of([2, 3])], "bA->Ab"),
    sample("ii", [of([2, 2])], "ii->"),
    sample(" i j , j -> i ", [of([2, 3]), of([3])]),
    sample("...ij,...jk->...ik", [of([2, 2, 2]), of([2, 2, 2])], "bij,bjk->bik"),
    sample("...i,i", [of([2, 2, 3]), of([3])], "abi,i->ab"),
    sample("...,...", [of([2, 3]), of([3])], "ab,b->ab"),
    sample("i...,...->i...", [of([3, 2, 2]), of([1, 2])], "iab,ab->iab"),
    sample("...i->", [of([2, 3])], "ai->"),
    sample("i...j->j...i", [of([2, 2, 3])], "iaj->jai"),
    ...Object.values(layouts).flatMap((layout) => [
      sample("ij,jk->ik", [layout([3, 4], of), of([4, 2])]),
      sample("ij,kj->ik", [of([2, 4]), layout([3, 4], of)]),
      sample("iij->ij", [layout([2, 2, 2], of)]),
    ]),
  ],
  specials: [
    {
      title: "a sum over nothing beside NaN",
      inputs: [float64([]), float64([Number.NaN, 1])],
      apply: (x, y) => contractAll("i,j->", x!, y!),
      value: 0,
      gradient: [[], [0, 0]],
    },
    {
      title: "the gradient of a trace",
      inputs: [
        float64([
          [1, 2],
          [3, 4],
        ]),
      ],
      apply: (x) => contractAll("ii", x!),
      value: 5,
      gradient: [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    },
  ],
  errors: [
    wrong(
      "a character that is no letter",
      "ValueError",
      "i1->i",
      [of([2, 2])],
      ['"i1"', "letters"],
    ),
    wrong("two arrows", "ValueError", "i->i->i", [of([2])], ["more than one ->"]),
    wrong("too few terms", "ValueError", "ij", [of([2, 2]), of([2])], ["1 term", "2 operands"]),
    wrong("no operands", "ValueError", "ij->", [], ["1 term", "0 operands"]),
    wrong("a letter from nowhere", "ValueError", "ij->ik", [of([2, 2])], ["k is in no operand"]),
    wrong("a letter twice", "ValueError", "ij->ii", [of([2, 2])], ["i stands twice in the result"]),
    wrong(
      "too few letters",
      "ShapeError",
      "i,j->",
      [of([2]), of([2, 3])],
      ['"j" names 1 axes', "operand 1 is [2, 3]", '"..."'],
    ),
    wrong("too many letters", "ShapeError", "...ijk", [of([2, 3])], ["names 3 axes", "[2, 3]"]),
    wrong(
      "sides that differ",
      "ShapeError",
      "ij,jk",
      [of([2, 3]), of([4, 2])],
      ["j is 3", "4 at axis 0 of operand 1, [4, 2]"],
    ),
    wrong(
      "a diagonal of no square",
      "ShapeError",
      "ii",
      [of([2, 3])],
      ["i is 2", "3 at axis 1 of operand 0"],
    ),
    wrong("a diagonal of a side of 1", "ShapeError", "ii", [of([2, 1])], ["i is 2", "1 at axis 1"]),
    wrong(
      "two dtypes",
      "DTypeError",
      "i,i",
      [of([1]), of([1]).cast("float32")],
      ["float64 and float32", "cast"],
    ),
  ],
  dtypes: { ...numeric, bool: "bool" },
};
