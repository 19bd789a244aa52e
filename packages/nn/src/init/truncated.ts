import { type Key, type Shape, type Tensor, tensor, uniform, ValueError } from "@neurite/autograd";

/** What is left of a normal distribution: only values from min to max. */
export interface Truncation {
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/** Draws from a truncated normal distribution, as float64: its inverse at uniform numbers. */
export function truncated(key: Key, shape: Shape, { mean, std, min, max }: Truncation): Tensor {
  const scale = std * Math.SQRT2;
  const bounds = tensor([(min - mean) / scale, (max - mean) / scale], { dtype: "float64" });
  const [low, high] = bounds.erf().toTypedArray() as Float64Array;
  // Half of the difference is the share that is left.
  if (!(high! - low! >= 1e-9)) {
    const what = `a normal distribution with mean ${mean} and std ${std}`;
    throw new ValueError("truncNormal", `next to nothing of ${what} is in [${min}, ${max}]`, {
      fix: "use a std above 0, and bounds in order and around the mean: they are values",
    });
  }
  // None of them is −1, whose inverse is −∞.
  const draw = { min: Math.max(low!, 2 ** -53 - 1), max: high!, dtype: "float64" } as const;
  return uniform(key, shape, draw).erfInv().mul(scale).add(mean).clamp(min, max);
}
