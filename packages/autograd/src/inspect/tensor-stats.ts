import type { Operand } from "../methods/operand.js";

/** What the elements of a tensor are like. */
export interface TensorStats {
  readonly count: number;
  /** Of the finite elements, as all numbers below; NaN if there are none. */
  readonly mean: number;
  /** Over the count itself, so that `rms² = mean² + std²`. */
  readonly std: number;
  readonly rms: number;
  readonly min: number;
  readonly max: number;
  /** Euclidean: `√Σx²`. */
  readonly norm: number;
  /** The share of elements that are exactly 0. */
  readonly zeroShare: number;
  /** How many elements are NaN or infinite. */
  readonly nonFinite: number;
  readonly histogram: Histogram;
}

/** How many elements lie in each of some equal parts of a range. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  /**
   * From `min` on; a part has its lower end, the last one both. What lies outside is not counted.
   */
  readonly counts: readonly number[];
}

export interface TensorStatsOptions {
  /** How many parts the histogram has; 20 by default. */
  readonly bins?: number;
  /** What the histogram spans; from the least element to the largest by default. */
  readonly range?: readonly [min: number, max: number];
}

/** The statistics of a tensor's elements, as plain numbers in float64. */
export function tensorStats(
  x: Operand,
  { bins = 20, range }: TensorStatsOptions = {},
): TensorStats {
  const all = x.toTypedArray();
  const elements = Float64Array.from(all).filter(Number.isFinite);
  const n = elements.length;
  let [sum, zeros, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const element of elements) {
    sum += element;
    if (element === 0) zeros++;
    if (element < min) min = element;
    if (element > max) max = element;
  }
  const mean = sum / n;
  const norm = rootOfSquares(elements, 0);
  const [low, high] = range ?? [min, max];
  return {
    count: all.length,
    mean,
    // From the deviations: the difference of squares would lose what the mean is larger by.
    std: rootOfSquares(elements, mean) / Math.sqrt(n),
    rms: norm / Math.sqrt(n),
    min: n > 0 ? min : Number.NaN,
    max: n > 0 ? max : Number.NaN,
    norm,
    zeroShare: zeros / all.length,
    nonFinite: all.length - n,
    histogram: histogramOf(elements, bins, low, high),
  };
}

/** `√Σ(x − centre)²`, scaled so that no square overflows or underflows. */
function rootOfSquares(elements: Float64Array, centre: number): number {
  let scale = 0;
  for (const element of elements) scale = Math.max(scale, Math.abs(element - centre));
  if (scale === 0) return 0;
  let sum = 0;
  for (const element of elements) sum += ((element - centre) / scale) ** 2;
  return scale * Math.sqrt(sum);
}

function histogramOf(elements: Float64Array, bins: number, min: number, max: number): Histogram {
  const counts = new Array<number>(bins).fill(0);
  for (const element of elements) {
    if (element < min || element > max) continue;
    const place = max > min ? Math.floor(((element - min) / (max - min)) * bins) : 0;
    counts[Math.min(place, bins - 1)]!++;
  }
  return elements.length > 0 ? { min, max, counts } : { min: Number.NaN, max: Number.NaN, counts };
}
