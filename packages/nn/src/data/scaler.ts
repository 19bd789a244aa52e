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

export interface ScalerOptions {
  /** The dtype of what comes out; float32 by default. */
  readonly dtype?: "float32" | "float64";
  /** What errors call the columns, as in the `names` of `stackColumns`. */
  readonly names?: readonly string[] | undefined;
}

/** What a column is shifted and divided by. */
export interface Measure {
  readonly offset: number;
  readonly scale: number;
}

/** What a scaler knows: columns measured on the training rows. */
export interface Fitted extends ScalerOptions {
  readonly measures: readonly Measure[];
}

/** Shifts and scales columns, each by numbers of its own; the arithmetic is float64. */
export abstract class Scaler {
  readonly dtype: "float32" | "float64";
  protected readonly offsets: readonly number[];
  /** What columns are divided by; 1 for one that never varies. */
  readonly scales: readonly number[];
  readonly #names: readonly string[] | undefined;

  protected constructor({ measures, dtype = "float32", names }: Fitted) {
    this.offsets = measures.map(({ offset }) => offset);
    this.scales = measures.map(({ scale }) => scale);
    this.dtype = dtype;
    this.#names = names;
  }

  /** `(x − offset) / scale`, column by column, of `[rows, columns]` or of one column `[rows]`. */
  transform(values: TensorLike): Tensor {
    const x = this.#read("transform", values);
    checkFinite(`${this.constructor.name}.transform`, "the data", x, this.#names);
    return this.#apply((offsets, scales) => x.sub(offsets).div(scales));
  }

  /** `x · scale + offset`, column by column: scaled predictions in their own unit. */
  inverse(values: TensorLike): Tensor {
    const x = this.#read("inverse", values);
    return this.#apply((offsets, scales) => x.mul(scales).add(offsets));
  }

  #read(method: string, values: TensorLike): Tensor {
    const x = asDouble(values);
    const columns = this.scales.length;
    const found = x.rank === 1 ? 1 : x.shape[1];
    if (x.rank > 2 || found !== columns) {
      const problem = `fitted on ${columns} columns, got shape ${showShape(x.shape)}`;
      throw new ShapeError(`${this.constructor.name}.${method}`, problem, {
        shapes: [x.shape],
        fix: columns === 1 ? "give [rows] or [rows, 1]" : `give [rows, ${columns}]`,
      });
    }
    return x;
  }

  #apply(body: (offsets: Tensor, scales: Tensor) => Tensor): Tensor {
    const [offsets, scales] = [this.offsets, this.scales].map((numbers) =>
      tensor(Float64Array.from(numbers)),
    );
    return noGrad(() => body(offsets!, scales!).cast(this.dtype));
  }
}

/** Measures the columns of `[rows, columns]`, or one column `[rows]`. */
export function measureColumns<M>(
  op: string,
  values: TensorLike,
  { names }: ScalerOptions,
  measure: (column: Float64Array) => M,
): M[] {
  const x = asDouble(values);
  checkRank(op, x);
  const rows = equalRows(op, { values: x });
  const columns = x.size / rows;
  if (names && names.length !== columns) {
    throw new ShapeError(op, `${names.length} names for ${columns} columns`, {
      shapes: [x.shape],
      axis: 1,
      fix: "give a name for each column",
    });
  }
  checkFinite(op, "the data", x, names);
  const elements = x.toTypedArray();
  return Array.from({ length: columns }, (_, c) =>
    measure(Float64Array.from({ length: rows }, (_, r) => elements[r * columns + c]!)),
  );
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
