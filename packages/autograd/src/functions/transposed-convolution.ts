import { ShapeError, ValueError } from "../errors.js";
import type { Operand } from "../methods/operand.js";
import { named } from "../naming.js";
import { spanOf } from "../numerics/windows.js";
import type { Tensor } from "../op.js";
import { type ConvolutionOptions, type Pair, readConvolution } from "./convolution-options.js";
import { perAxis, type Sides } from "./windows.js";

export interface TransposedConvolutionOptions<S = number> extends ConvolutionOptions<S> {
  /** How much longer the result is at its end: a stride leaves several lengths to choose from. */
  readonly outputPadding?: S;
}

/**
 * The adjoint of `conv1d` in its input: `[N, C, L]` (or `[C, L]`) with a weight
 * `[C, O / groups, K]`. The result is
 * `[N, O, (L − 1)·stride − 2·padding + dilation·(K − 1) + outputPadding + 1]`.
 */
export const convTranspose1d = (
  x: Operand,
  weight: Operand,
  options: TransposedConvolutionOptions<number> = {},
): Tensor => spread("convTranspose1d", 1, x.asTensor(), weight.asTensor(), options);

/**
 * The adjoint of `conv2d` in its input: `[N, C, H, W]` (or `[C, H, W]`) with a weight
 * `[C, O / groups, KH, KW]`. Each side of the result follows the formula of `convTranspose1d`.
 */
export const convTranspose2d = (
  x: Operand,
  weight: Operand,
  options: TransposedConvolutionOptions<Pair> = {},
): Tensor => spread("convTranspose2d", 2, x.asTensor(), weight.asTensor(), options);

/** Each element spreads over a window of the result, where windows that overlap add up. */
function spread(
  op: string,
  axes: number,
  input: Tensor,
  weight: Tensor,
  { outputPadding = 0, ...options }: TransposedConvolutionOptions<Sides>,
): Tensor {
  return named(op, () => {
    const { x, groups, stride, padding, dilation, finish } = readConvolution(
      op,
      axes,
      input,
      weight,
      options,
      true,
    );
    const extra = perAxis(op, "outputPadding", outputPadding, axes, 0);
    checkExtra(op, extra, stride, dilation);
    const [n, channels, ...places] = x.shape as readonly [number, number, ...number[]];
    const [, width, ...size] = weight.shape as readonly [number, number, ...number[]];
    const depth = channels / groups;
    // The result is [groups, width, ...size, n, ...places].
    const products = weight
      .reshape([groups, depth, width, ...size])
      .contract(x.reshape([n, groups, depth, ...places]), { axes: [[1], [2]], batch: [[0], [1]] });
    const inside = size.map((_, i) => 2 + i);
    const windows = products
      .transpose([2 + axes, 0, 1, ...inside.map((axis) => axis + axes + 1), ...inside])
      .reshape([n, groups * width, ...places, ...size]);
    const full = size.reduceRight((sum, side, i) => {
      const span = spanOf({ size: side, dilation: dilation[i]! });
      const step = stride[i]!;
      return sum.fold(2 + i, (places[i]! - 1) * step + span, { step, dilation: dilation[i]! });
    }, windows);
    return finish(trimmed(op, full, padding, extra));
  });
}

/** Takes the padding off both ends. What is asked for beyond the last window is 0. */
function trimmed(
  op: string,
  full: Tensor,
  padding: readonly number[],
  extra: readonly number[],
): Tensor {
  const ranges = padding.map((width, i) => {
    const side = full.shape[2 + i]!;
    const stop = side - width + extra[i]!;
    if (stop > width) return [width, stop] as const;
    throw new ShapeError(op, `padding = ${width} takes all ${side} places of axis ${2 + i}`, {
      shapes: [full.shape],
      axis: 2 + i,
      fix: "use less padding, or a larger kernel",
    });
  });
  const widths = full.shape.map((_, axis) => [0, extra[axis - 2] ?? 0] as const);
  const longer = extra.some((count) => count > 0) ? full.pad(widths) : full;
  return longer.slice(null, null, ...ranges);
}

/** An output padding as long as the stride would be one more window. */
function checkExtra(
  op: string,
  extra: readonly number[],
  stride: readonly number[],
  dilation: readonly number[],
): void {
  const axis = extra.findIndex((count, i) => count >= Math.max(stride[i]!, dilation[i]!));
  if (axis < 0) return;
  const steps = `stride ${stride[axis]} and dilation ${dilation[axis]}`;
  throw new ValueError(op, `outputPadding = ${extra[axis]} with ${steps}`, {
    fix: "outputPadding must be smaller than the stride or the dilation",
  });
}
