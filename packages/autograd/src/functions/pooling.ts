import { ones } from "../creation.js";
import { ValueError } from "../errors.js";
import type { Operand } from "../methods/operand.js";
import { named } from "../naming.js";
import { spanOf } from "../numerics/windows.js";
import type { Tensor } from "../op.js";
import { sizeOf } from "../shape.js";
import { requireFloat } from "./checks.js";
import type { Pair } from "./convolution-options.js";
import { asBatch, padded, perAxis, type Sides, windowsOf } from "./windows.js";

/** How the windows of a pool lie; S is a number, or one for each of two axes. */
interface PoolOptions<S> {
  /** How far apart the windows begin; their size by default. */
  readonly stride?: S;
  /** How much surrounds the input on each side, at most half of a window; 0 by default. */
  readonly padding?: S;
}

export interface MaxPoolOptions<S = number> extends PoolOptions<S> {
  /** How far apart the elements of a window lie; 1 by default. */
  readonly dilation?: S;
}

export interface AveragePoolOptions<S = number> extends PoolOptions<S> {
  /** Whether the zeros around the input count in the mean; true by default. */
  readonly countIncludePad?: boolean;
}

/**
 * The largest element of each window of `[N, C, L]` (or `[C, L]`); NaN if there is one.
 *
 * The gradient goes to the first of equal ones. The padding is below every number.
 */
export const maxPool1d = (x: Operand, size: number, options: MaxPoolOptions<number> = {}): Tensor =>
  maxPool("maxPool1d", 1, x.asTensor(), size, options);

/** The largest element of each window of `[N, C, H, W]` (or `[C, H, W]`), as in `maxPool1d`. */
export const maxPool2d = (x: Operand, size: Pair, options: MaxPoolOptions<Pair> = {}): Tensor =>
  maxPool("maxPool2d", 2, x.asTensor(), size, options);

/** The mean of each window of `[N, C, L]` (or `[C, L]`). */
export const avgPool1d = (
  x: Operand,
  size: number,
  options: AveragePoolOptions<number> = {},
): Tensor => averagePool("avgPool1d", 1, x.asTensor(), size, options);

/** The mean of each window of `[N, C, H, W]` (or `[C, H, W]`). */
export const avgPool2d = (x: Operand, size: Pair, options: AveragePoolOptions<Pair> = {}): Tensor =>
  averagePool("avgPool2d", 2, x.asTensor(), size, options);

function maxPool(
  op: string,
  axes: number,
  input: Tensor,
  size: Sides,
  options: MaxPoolOptions<Sides>,
): Tensor {
  return named(op, () => {
    const { x, restore, windows, padding } = readPool(op, axes, input, size, options);
    const candidates = flat(windows(padded(x, padding, Number.NEGATIVE_INFINITY)), axes);
    const best = candidates.argmax().unsqueeze(-1);
    if (padding.every((width) => width === 0)) return restore(pick(candidates, best));
    // Where all is -Infinity the padding ties with the input, to which the gradient belongs.
    const isInside = flat(windows(padded(ones([1, 1, ...x.shape.slice(2)]), padding)), axes);
    const first = isInside.argmax().unsqueeze(-1);
    const isEmpty = pick(candidates, best).eq(Number.NEGATIVE_INFINITY).unsqueeze(-1);
    return restore(pick(candidates, isEmpty.where(first, best)));
  });
}

/** The one of each window that the index says. */
const pick = (windows: Tensor, index: Tensor): Tensor => windows.gather(index, -1).squeeze(-1);

/** The elements of each window along one axis, the last. */
function flat(windows: Tensor, axes: number): Tensor {
  const { shape } = windows;
  return windows.reshape([...shape.slice(0, -axes), sizeOf(shape.slice(-axes))]);
}

function averagePool(
  op: string,
  axes: number,
  input: Tensor,
  size: Sides,
  { countIncludePad = true, ...options }: AveragePoolOptions<Sides>,
): Tensor {
  return named(op, () => {
    const { x, restore, windows, padding } = readPool(op, axes, input, size, options);
    const within = Array.from({ length: axes }, (_, i) => -1 - i);
    const all = windows(padded(x, padding));
    if (countIncludePad) return restore(all.mean(within));
    const isInside = ones([1, 1, ...x.shape.slice(2)], { dtype: x.dtype });
    const counts = windows(padded(isInside, padding)).sum(within);
    return restore(all.sum(within).div(counts));
  });
}

/** The options, checked, and the function that cuts windows. */
function readPool(
  op: string,
  axes: number,
  input: Tensor,
  sides: Sides,
  { stride: apart = sides, padding: width = 0, dilation: spread = 1 }: MaxPoolOptions<Sides>,
) {
  requireFloat(op, input);
  const size = perAxis(op, "size", sides, axes);
  const stride = perAxis(op, "stride", apart, axes);
  const dilation = perAxis(op, "dilation", spread, axes);
  const padding = perAxis(op, "padding", width, axes, 0);
  for (const [i, side] of size.entries()) {
    const span = spanOf({ size: side, dilation: dilation[i]! });
    if (padding[i]! <= span / 2) continue;
    throw new ValueError(op, `padding = ${padding[i]} for windows that span ${span}`, {
      fix: "padding may be at most half of a window",
    });
  }
  const windows = (x: Tensor) => windowsOf(op, x, { size, stride, dilation });
  return { ...asBatch(op, input, axes), windows, padding };
}
