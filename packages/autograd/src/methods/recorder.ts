import type { DType, TypedArray } from "../dtype.js";
import type { Literal } from "../literal.js";
import type { Op, Spec, Tensor } from "../op.js";
import { type Shape, sizeOf } from "../shape.js";

/** Whatever can stand in an operation: a tensor, a variable, a number or a literal. */
export type TensorLike = Recorder | Literal;

/** What the methods need in order to record: tensors and variables share it. */
export abstract class Recorder {
  abstract get shape(): Shape;
  abstract get dtype(): DType;

  /** How many axes there are; 0 for a scalar. */
  get rank(): number {
    return this.shape.length;
  }

  /** How many elements there are. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** The node of the graph: a tensor itself, the present leaf of a variable. */
  abstract asTensor(): Tensor;

  /**
   * A constant of this shape and dtype, or another: one number everywhere, or these in row-major
   * order.
   */
  abstract constantLike(
    values: number | readonly number[] | TypedArray,
    other?: Partial<Spec>,
  ): Tensor;

  /** A node of this shape and dtype whose value is yet to come. */
  abstract placeholderLike(): Tensor;

  /** Records a function of this operand alone. */
  protected abstract unary(op: Op): Tensor;

  /** Records a function of this operand and another. */
  protected abstract binary(op: Op, b: TensorLike): Tensor;

  protected abstract apply<A>(op: Op<A>, inputs: readonly TensorLike[], attrs?: A): Tensor;
}
