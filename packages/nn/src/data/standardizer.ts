import type { TensorLike } from "@neurite/autograd";
import { type Measure, measureColumns, Scaler, type ScalerOptions } from "./scaler.js";

/**
 * Shifts and scales columns to mean 0 and standard deviation 1 (that of the population, dividing by
 * n). Fit it on the training rows only, then transform the others with the same numbers. The
 * arithmetic is float64; results are constants.
 */
export class Standardizer extends Scaler {
  /** Measures the columns of `[rows, columns]`, or one column `[rows]`. */
  static fit(values: TensorLike, options: ScalerOptions = {}): Standardizer {
    const measures = measureColumns("Standardizer.fit", values, options, deviation);
    return new Standardizer({ ...options, measures });
  }

  /** The mean of each column. */
  get means(): readonly number[] {
    return this.offsets;
  }
}

function deviation(column: Float64Array): Measure {
  // Compared, not computed: the rounded variance of equal numbers need not be 0.
  if (column.every((value) => value === column[0])) return { offset: column[0]!, scale: 1 };
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  // In units of a power of two, which changes no bits, so that no square over- or underflows.
  const largest = column.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  const unit = 2 ** Math.floor(Math.log2(largest));
  const squares = column.reduce((sum, value) => sum + ((value - mean) / unit) ** 2, 0);
  return { offset: mean, scale: unit * Math.sqrt(squares / column.length) || 1 };
}
