import type { Operand, Tensor } from "@neurite/autograd";
import { overChannels } from "../channels.js";

/** How the elements over some axes are spread; those axes stay, with side 1. */
interface Moments {
  readonly mean: Tensor;
  /** The biased variance: the mean of the squared deviations. */
  readonly variance: Tensor;
}

/** The moments and the deviations from the mean: two passes, so that nothing cancels. */
export function momentsOver(
  x: Tensor,
  axes: readonly number[],
): Moments & { readonly deviation: Tensor } {
  const mean = x.mean(axes, { keepDims: true }).as("mean");
  const deviation = x.sub(mean);
  const variance = deviation.square().mean(axes, { keepDims: true }).as("variance");
  return { mean, variance, deviation };
}

/** Deviations in units of the standard deviation: `deviation / √(variance + eps)`. */
export const standardize = (deviation: Tensor, variance: Tensor, eps: number): Tensor =>
  deviation.mul(variance.add(eps).rsqrt()).as("standardized");

/** `weight · x + bias`, either of which may be missing. */
export function scaleAndShift(x: Tensor, weight: Operand | null, bias: Operand | null): Tensor {
  const scaled = weight ? x.mul(weight) : x;
  return bias ? scaled.add(bias) : scaled;
}

/** `scaleAndShift` with one weight and bias for each channel of `[batch, channels, …]`. */
export const scaleAndShiftChannels = (
  x: Tensor,
  weight: Operand | null,
  bias: Operand | null,
): Tensor =>
  scaleAndShift(x, weight && overChannels(weight, x.rank), bias && overChannels(bias, x.rank));
