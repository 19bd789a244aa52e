import type { Operand } from "../methods/operand.js";
import { named } from "../naming.js";
import type { Tensor } from "../op.js";
import { type ConvolutionOptions, type Pair, readConvolution } from "./convolution-options.js";
import { padded, type Sides, windowsOf } from "./windows.js";

/**
 * The cross-correlation of `[N, C, L]` (or `[C, L]`) with a weight `[O, C / groups, K]`: what
 * networks call a convolution. The result is
 * `[N, O, (L + 2·padding − dilation·(K − 1) − 1) / stride + 1]`, rounded down.
 */
export const conv1d = (
  x: Operand,
  weight: Operand,
  options: ConvolutionOptions<number> = {},
): Tensor => convolve("conv1d", 1, x.asTensor(), weight.asTensor(), options);

/**
 * The cross-correlation of `[N, C, H, W]` (or `[C, H, W]`) with a weight `[O, C / groups, KH, KW]`.
 * Each side of the result follows the formula of `conv1d`.
 */
export const conv2d = (
  x: Operand,
  weight: Operand,
  options: ConvolutionOptions<Pair> = {},
): Tensor => convolve("conv2d", 2, x.asTensor(), weight.asTensor(), options);

/** Kernels against windows: one product of matrices for each group. */
function convolve(
  op: string,
  axes: number,
  input: Tensor,
  weight: Tensor,
  options: ConvolutionOptions<Sides>,
): Tensor {
  return named(op, () => {
    const { x, groups, padding, finish, ...steps } = readConvolution(
      op,
      axes,
      input,
      weight,
      options,
      false,
    );
    const [n, , ...sides] = x.shape as readonly [number, number, ...number[]];
    const [outputs, depth, ...size] = weight.shape as readonly [number, number, ...number[]];
    const parts = padded(x.reshape([n, groups, depth, ...sides]), padding);
    const windows = windowsOf(op, parts, { size, ...steps });
    const kernels = weight.reshape([groups, outputs / groups, depth, ...size]);
    const last = size.map((_, i) => 3 + i);
    // The result is [groups, outputs / groups, n, ...places].
    const products = kernels.contract(windows, {
      axes: [
        [2, ...last],
        [2, ...last.map((axis) => axis + axes)],
      ],
      batch: [[0], [1]],
    });
    const places = products.shape.slice(3);
    return finish(products.transpose([2, 0, 1, ...last]).reshape([n, outputs, ...places]));
  });
}
