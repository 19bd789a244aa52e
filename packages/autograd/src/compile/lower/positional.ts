import type { Op, Tensor } from "../../op.js";
import { type OneHotAttrs, oneHot } from "../../ops/oneHot.js";
import { randomUniform, type UniformAttrs } from "../../ops/randomUniform.js";
import { type ThreefryAttrs, threefry } from "../../ops/threefry.js";
import type { Expression } from "../lanes/expression.js";
import { dense, type Layout } from "../layout.js";
import { threefryWords, uniformNumbers } from "./random.js";

/** An op whose result depends on where an element is. */
interface Positional {
  /** What is read at each element: the input, laid out like the result, or positions. */
  readonly reads: (node: Tensor, input: Layout) => readonly Read[];
  readonly formula: (node: Tensor, x: readonly Expression[]) => Expression;
}

interface Read {
  readonly from: "input" | "positions";
  readonly layout: Layout;
}

/** The two words of the key, and each position. */
function keyed({ shape }: Tensor, { strides, offset }: Layout): Read[] {
  const word = (i: number): Read => ({
    from: "input",
    layout: { shape, strides: shape.map(() => 0), offset: offset + i * strides[0]! },
  });
  return [word(0), word(1), { from: "positions", layout: dense(shape) }];
}

/** The class that is asked for, and the one that the element stands for. */
function labelled({ shape }: Tensor, { strides, offset }: Layout): Read[] {
  const along = shape.map((_, axis) => Number(axis === shape.length - 1));
  return [
    { from: "input", layout: { shape, strides: [...strides, 0], offset } },
    { from: "positions", layout: { shape, strides: along, offset: 0 } },
  ];
}

const positional = new Map<Op, Positional>([
  [
    oneHot,
    {
      reads: labelled,
      formula: ({ attrs }, [x, own]) => x!.eq(own!).convert((attrs as OneHotAttrs).dtype),
    },
  ],
  [
    randomUniform,
    { reads: keyed, formula: ({ attrs }, x) => uniformNumbers(attrs as UniformAttrs, x) },
  ],
  [
    threefry,
    { reads: keyed, formula: ({ attrs }, x) => threefryWords((attrs as ThreefryAttrs).first, x) },
  ],
]);

/** How a node depends on positions; undefined if it does not. */
export const positionalOf = ({ op }: Tensor): Positional | undefined => positional.get(op);
