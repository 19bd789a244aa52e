import {
  asTensor,
  noGrad,
  ShapeError,
  showShape,
  type Tensor,
  type TensorLike,
  tensor,
} from "@neurite/autograd";
import { checkFinite } from "./finite.js";
import { equalRows } from "./loader.js";

interface StandardizerOptions {
  /** The dtype of what comes out; float32 by default. */
  readonly dtype?: "float32" | "float64";
}

/**
 * Shifts and scales columns to mean 0 and standard deviation 1 (that of the population, dividing by
 * n). Fit it on the training rows only, then transform the others with the same numbers. The
 * arithmetic is float64; results are constants.
 */
export class Standardizer {
  private constructor(
    /** The mean of each column. */
    readonly means: readonly number[],
    /** The standard deviation of each column; 1 for one that never varies, which becomes 0. */
    readonly scales: readonly number[],
    readonly dtype: "float32" | "float64",
  ) {}

  /** Measures the columns of `[rows, columns]`, or one column `[rows]`. */
  static fit(values: TensorLike, { dtype = "float32" }: StandardizerOptions = {}): Standardizer {
    const x = asDouble(values);
    checkRank("Standardizer.fit", x);
    const rows = equalRows("Standardizer.fit", { values: x });
    checkFinite("Standardizer.fit", "the data", x);
    const columns = x.size / rows;
    const elements = x.toTypedArray();
    const column = (c: number) =>
      Float64Array.from({ length: rows }, (_, r) => elements[r * columns + c]!);
    const measured = Array.from({ length: columns }, (_, c) => measure(column(c)));
    return new Standardizer(
      measured.map(({ mean }) => mean),
      measured.map(({ scale }) => scale),
      dtype,
    );
  }

  /** `(x − mean) / scale`, column by column. */
  transform(values: TensorLike): Tensor {
    return this.#apply("transform", values, (x, means, scales) => x.sub(means).div(scales));
  }

  /** `x · scale + mean`, column by column: standardised predictions in their own unit. */
  inverse(values: TensorLike): Tensor {
    return this.#apply("inverse", values, (x, means, scales) => x.mul(scales).add(means));
  }

  #apply(
    method: string,
    values: TensorLike,
    body: (x: Tensor, means: Tensor, scales: Tensor) => Tensor,
  ): Tensor {
    const x = asDouble(values);
    const columns = this.means.length;
    const found = x.rank === 1 ? 1 : (x.shape[1] ?? 0);
    if (x.rank > 2 || found !== columns) {
      const problem = `fitted on ${columns} columns, got shape ${showShape(x.shape)}`;
      throw new ShapeError(`Standardizer.${method}`, problem, {
        shapes: [x.shape],
        fix: columns === 1 ? "give [rows] or [rows, 1]" : `give [rows, ${columns}]`,
      });
    }
    const [means, scales] = [this.means, this.scales].map((numbers) =>
      tensor(Float64Array.from(numbers)),
    );
    return noGrad(() => body(x, means!, scales!).cast(this.dtype));
  }
}

const asDouble = (values: TensorLike): Tensor =>
  noGrad(() => asTensor(values, "float64").cast("float64"));

function checkRank(op: string, x: Tensor): void {
  if (x.rank === 1 || x.rank === 2) return;
  throw new ShapeError(op, `shape ${showShape(x.shape)} has no columns`, {
    shapes: [x.shape],
    fix: "give [rows] or [rows, columns]",
  });
}

function measure(column: Float64Array): { readonly mean: number; readonly scale: number } {
  // Compared, not computed: the rounded variance of equal numbers need not be 0.
  if (column.every((value) => value === column[0])) return { mean: column[0]!, scale: 1 };
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  const squares = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, scale: Math.sqrt(squares / column.length) };
}
