import type { DType, Key, Shape, Tensor } from "@neurite/autograd";
import * as autograd from "@neurite/autograd";
import { ValueError } from "@neurite/autograd";

/** Makes the first value of a parameter. Weights are laid out `[out, in, ...]`. */
export type Init = (shape: Shape, key: Key, dtype: DType) => Tensor;

/** All zeros: for biases, and for whatever should begin without an effect. */
export const zeros: Init = (shape, _, dtype) => autograd.zeros(shape, { dtype });

/** All ones: for gains. */
export const ones: Init = (shape, _, dtype) => autograd.ones(shape, { dtype });

/** One number everywhere. */
export const constant =
  (value: number): Init =>
  (shape, _, dtype) =>
    autograd.full(shape, value, { dtype });

/** Uniform in [min, max). */
export const uniform =
  (min = -1, max = 1): Init =>
  (shape, key, dtype) =>
    autograd.uniform(key, shape, { min, max, dtype: floating(dtype) });

/** Normal with the given mean and standard deviation. */
export const normal =
  (mean = 0, std = 1): Init =>
  (shape, key, dtype) =>
    autograd.normal(key, shape, { mean, std, dtype: floating(dtype) });

/** Uniform within ±1/√fanIn, as PyTorch's layers begin; `fanIn` is by default that of the shape. */
export const fanInUniform =
  (fanIn?: number): Init =>
  (shape, key, dtype) =>
    symmetric(1 / Math.sqrt(fanIn ?? fans(shape).fanIn))(shape, key, dtype);

/** Uniform within ±gain·√(6 / (fanIn + fanOut)): Glorot and Bengio, 2010. */
export const xavierUniform =
  (gain = 1): Init =>
  (shape, key, dtype) => {
    const { fanIn, fanOut } = fans(shape);
    return symmetric(gain * Math.sqrt(6 / (fanIn + fanOut)))(shape, key, dtype);
  };

/** Normal with the standard deviation gain·√(2 / (fanIn + fanOut)): Glorot and Bengio, 2010. */
export const xavierNormal =
  (gain = 1): Init =>
  (shape, key, dtype) => {
    const { fanIn, fanOut } = fans(shape);
    return normal(0, gain * Math.sqrt(2 / (fanIn + fanOut)))(shape, key, dtype);
  };

/** Uniform within ±√3·gain/√fanIn, with the gain √2 of relu: Kaiming He et al., 2015. */
export const kaimingUniform =
  (gain = Math.SQRT2): Init =>
  (shape, key, dtype) =>
    symmetric(gain * Math.sqrt(3 / fans(shape).fanIn))(shape, key, dtype);

/** Normal with the deviation gain/√fanIn, with the gain √2 of relu: Kaiming He et al., 2015. */
export const kaimingNormal =
  (gain = Math.SQRT2): Init =>
  (shape, key, dtype) =>
    normal(0, gain / Math.sqrt(fans(shape).fanIn))(shape, key, dtype);

const symmetric = (bound: number): Init => uniform(-bound, bound);

/** How many inputs reach a unit and how many units an input reaches, for `[out, in, ...kernel]`. */
export function fans(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length <= 1) return { fanIn: Math.max(1, shape[0] ?? 1), fanOut: 1 };
  const [out, inputs, ...kernel] = shape as readonly [number, number, ...number[]];
  const area = kernel.reduce((product, side) => product * side, 1);
  return { fanIn: inputs * area, fanOut: out * area };
}

function floating(dtype: DType): "float32" | "float64" {
  if (dtype === "float32" || dtype === "float64") return dtype;
  throw new ValueError("init", `random parameters of ${dtype}`, {
    fix: 'use dtype "float32" or "float64"',
  });
}
