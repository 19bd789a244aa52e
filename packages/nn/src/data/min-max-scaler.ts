import { type TensorLike, ValueError } from "@neurite/autograd";
import { type Fitted, measureColumns, Scaler, type ScalerOptions } from "./scaler.js";

export interface MinMaxOptions extends ScalerOptions {
  /** Where the least and the largest value of a column go; [0, 1] by default. */
  readonly range?: readonly [least: number, largest: number];
}

/**
 * Shifts and scales columns so that they fill a range; one that never varies becomes the lower end.
 * Fit it on the training rows only: other rows may then lie outside the range. The arithmetic is
 * float64; results are constants.
 */
export class MinMaxScaler extends Scaler {
  private constructor(
    fitted: Fitted,
    /** The least value of each column. */
    readonly minima: readonly number[],
    /** The largest value of each column. */
    readonly maxima: readonly number[],
  ) {
    super(fitted);
  }

  /** Measures the columns of `[rows, columns]`, or one column `[rows]`. */
  static fit(values: TensorLike, options: MinMaxOptions = {}): MinMaxScaler {
    const [low, high] = options.range ?? [0, 1];
    if (!(Number.isFinite(high - low) && low < high)) {
      throw new ValueError("MinMaxScaler.fit", `the range is [${low}, ${high}]`, {
        fix: "give a lower and a higher end, as in [0, 1]",
      });
    }
    const ends = measureColumns("MinMaxScaler.fit", values, options, endsOf);
    const measures = ends.map(({ least, largest }) => {
      const scale = (largest - least) / (high - low) || 1;
      return { offset: least - low * scale, scale };
    });
    const [minima, maxima] = [ends.map(({ least }) => least), ends.map(({ largest }) => largest)];
    return new MinMaxScaler({ ...options, measures }, minima, maxima);
  }
}

const endsOf = (column: Float64Array) => ({
  least: column.reduce((a, b) => Math.min(a, b)),
  largest: column.reduce((a, b) => Math.max(a, b)),
});
