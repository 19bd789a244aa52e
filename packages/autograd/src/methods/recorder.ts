import type { Literal } from "../literal.js";
import type { Op, Tensor } from "../op.js";

/** Whatever can stand in an operation: a tensor, a variable, a number or a literal. */
export type TensorLike = Recorder | Literal;

/** What the methods need in order to record: tensors and variables share it. */
export abstract class Recorder {
  /** The node of the graph: a tensor itself, the present leaf of a variable. */
  abstract asTensor(): Tensor;

  /** A constant of this shape and dtype: one number everywhere, or these in row-major order. */
  abstract constantLike(values: number | ArrayLike<number>): Tensor;

  protected abstract apply<A>(op: Op<A>, inputs: readonly TensorLike[], attrs?: A): Tensor;
}
