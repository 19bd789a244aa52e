import { checkDTypes } from "../dtype.js";
import { ShapeError, ValueError } from "../errors.js";
import type { Operand } from "../methods/operand.js";
import { checkCount } from "../numerics/windows.js";
import type { Tensor } from "../op.js";
import { sameShape, showShape } from "../shape.js";
import { asBatch, perAxis, type Sides } from "./windows.js";

/** What a convolution may be told; S is a number, or one for each of two axes. */
export interface ConvolutionOptions<S = number> {
  /** Added to every output channel: `[O]`. */
  readonly bias?: Operand;
  /** How far apart the windows begin; 1 by default. */
  readonly stride?: S;
  /** How many zeros surround the input on each side; 0 by default. */
  readonly padding?: S;
  /** How far apart the elements of a window lie; 1 by default. */
  readonly dilation?: S;
  /** Into how many parts, each convolved by itself, the channels fall; 1 by default. */
  readonly groups?: number;
}

/** A number for both axes, or one each: height, width. */
export type Pair = number | readonly [height: number, width: number];

/** The operands and options of a convolution, checked: everything per axis, the input a batch. */
export function readConvolution(
  op: string,
  axes: number,
  input: Tensor,
  weight: Tensor,
  { bias, stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvolutionOptions<Sides>,
  isTransposed: boolean,
) {
  const { x, restore } = asBatch(op, input, axes);
  checkDTypes(op, bias ? [x, weight, bias.asTensor()] : [x, weight]);
  checkCount(op, "groups", groups);
  checkWeight(op, axes, weight);
  checkChannels(op, x.shape[1]!, weight, groups, isTransposed);
  const outputs = isTransposed ? weight.shape[1]! * groups : weight.shape[0]!;
  if (bias && !sameShape(bias.shape, [outputs])) {
    throw new ShapeError(op, `the bias has shape ${showShape(bias.shape)}`, {
      shapes: [input.shape, weight.shape, bias.shape],
      fix: `give it one number for each output channel: [${outputs}]`,
    });
  }
  const behindChannels = Array.from({ length: axes }, (_, i) => 1 + i);
  return {
    x,
    /** Adds the bias, and takes away the axis of a batch of one. */
    finish: (y: Tensor): Tensor =>
      restore(bias ? y.add(bias.asTensor().unsqueeze(...behindChannels)) : y),
    stride: perAxis(op, "stride", stride, axes),
    padding: perAxis(op, "padding", padding, axes, 0),
    dilation: perAxis(op, "dilation", dilation, axes),
    groups,
  };
}

function checkWeight(op: string, axes: number, { rank, shape }: Tensor): void {
  if (rank === axes + 2 && !shape.slice(2).includes(0)) return;
  throw new ShapeError(op, `the weight has shape ${showShape(shape)}`, {
    shapes: [shape],
    fix: `give it ${axes + 2} axes: two of channels, then a kernel that is not empty`,
  });
}

/** The groups divide the channels, and the weight is for as many as there are. */
function checkChannels(
  op: string,
  channels: number,
  { shape }: Tensor,
  groups: number,
  isTransposed: boolean,
): void {
  const [first, second] = shape as readonly [number, number];
  for (const [count, what] of [
    [channels, "channels of the input"],
    [first, "channels of the weight's first axis"],
  ] as const) {
    if (count % groups === 0) continue;
    throw new ValueError(op, `groups = ${groups} does not divide the ${count} ${what}`, {
      shapes: [shape],
      fix: "groups must divide the channels of the input and those of the output",
    });
  }
  const taken = isTransposed ? first : second * groups;
  if (channels === taken) return;
  const asked = `the weight ${showShape(shape)} with groups = ${groups} takes ${taken}`;
  throw new ShapeError(op, `the input has ${channels} channels, ${asked}`, {
    shapes: [shape],
    axis: 1,
    fix: `the weight must be [${isTransposed ? "C, O / groups" : "O, C / groups"}, ...kernel]`,
  });
}
