import type { DType } from "../../dtype.js";
import type { Buffer } from "../buffer.js";
import type { Expression } from "../lanes/expression.js";

/** How a kernel walks a buffer: from where, and by how much along each loop, in elements. */
export interface Access {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** A value that is read where the loops stand. */
export interface Load {
  readonly access: number;
  readonly input: Expression;
}

/** A value that is written where the loops stand. */
export interface Store {
  readonly access: number;
  readonly value: Expression;
}

export type FoldKind = "sum" | "max" | "min" | "prod";

/** A row folded into one number. */
export interface Fold {
  readonly kind: FoldKind;
  readonly dtype: DType;
  readonly of: Expression;
  readonly result: Expression;
}

/** One walk along the row, and what is known after it. */
export interface Stage {
  readonly loads: readonly Load[];
  readonly folds: readonly Fold[];
  readonly stores: readonly Store[];
  /** Written once a row, after the walk. */
  readonly rowStores: readonly Store[];
}

/**
 * Loops around a row, and the walks along the row: elementwise work, folds of rows, and what needs
 * them, as in a softmax.
 */
export interface Nest {
  readonly lanes: 2 | 4;
  /** How often each loop runs; the last one is the row. */
  readonly sides: readonly number[];
  readonly accesses: readonly Access[];
  /** Values that are read once a row. */
  readonly rowLoads: readonly Load[];
  readonly stages: readonly Stage[];
}
