import { type BackwardRecord, backward } from "../differentiate/backward.js";
import type { DType, TypedArray } from "../dtype.js";
import { ShapeError, ValueError } from "../errors.js";
import { dot, matmul } from "../functions/products.js";
import { logSoftmax, logSumExp, softmax } from "../functions/softmax.js";
import { mean, norm, variance } from "../functions/statistics.js";
import { describe } from "../inspect/describe.js";
import { readElements, readItem, readNested } from "../inspect/read.js";
import type { Nested } from "../ndarray.js";
import type { Op, Tensor } from "../op.js";
import type { ContractAttrs } from "../ops/contract.js";
import type { ReduceAttrs } from "../ops/family.js";
import * as ops from "../ops/index.js";
import { type Axes, type KeepDims, normalizeAxes, normalizeAxis } from "../shape.js";
import { Movement } from "./movement.js";
import type { TensorLike } from "./recorder.js";

/** All that can be done with a tensor or a variable. */
export abstract class Operand extends Movement {
  /** The value of a tensor with one element. */
  item(): number {
    return readItem(this.asTensor());
  }

  /** The value as nested arrays; a plain number for a scalar, booleans for `bool`. */
  toArray(): Nested {
    return readNested(this.asTensor());
  }

  /** The elements in row-major order; a copy. */
  toTypedArray(): TypedArray {
    return readElements(this.asTensor());
  }

  /** The operation, dtype, shape and value in one line. */
  override toString(): string {
    return describe(this.asTensor());
  }

  /** `${a}` prints; any other operator (`a * b`, `a > b`) would read a number, and is an error. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new ValueError("operator", "JavaScript's operators do not work on tensors", {
      fix: "use the methods, as in a.mul(b) or a.gt(b); for a plain number a.item()",
    });
  }

  /**
   * Differentiates this scalar by every variable it was computed from, adds the gradients into
   * their `.grad`, and returns the record of the pass.
   */
  backward(): BackwardRecord {
    return backward(this.asTensor());
  }

  /** The sum over the axes; 0 over nothing. */
  sum(axes?: Axes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.reduce(ops.sum, axes, keepDims);
  }

  /** The largest element over the axes; ties share the gradient evenly. */
  max(axes?: Axes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.reduce(ops.max, axes, keepDims);
  }

  /** The index of the largest element along an axis, as int32; the first of ties. */
  argmax(axis = -1): Tensor {
    return this.apply(ops.argmax, [this], {
      axis: normalizeAxis("argmax", axis, this.rank),
    });
  }

  /** The arithmetic mean over the axes; NaN over nothing. */
  mean(axes?: Axes, options: KeepDims = {}): Tensor {
    return mean(this.asTensor(), axes, options);
  }

  /** The variance over the axes: squared deviations over `n - correction`. */
  variance(axes?: Axes, options: KeepDims & { readonly correction?: number } = {}): Tensor {
    return variance(this.asTensor(), axes, options);
  }

  /** The p-norm over the axes; Euclidean by default, the largest magnitude for Infinity. */
  norm(axes?: Axes, options: KeepDims & { readonly p?: number } = {}): Tensor {
    return norm(this.asTensor(), axes, options);
  }

  /** `log Σ exp(x)` over the axes, without overflow. */
  logSumExp(axes?: Axes, options: KeepDims = {}): Tensor {
    return logSumExp(this.asTensor(), axes, options);
  }

  /** Positive numbers that sum to 1 along the axis, in the ratio of `exp(x)`. */
  softmax(axis = -1): Tensor {
    return softmax(this.asTensor(), axis);
  }

  /** The logarithm of `softmax`, accurate where that underflows. */
  logSoftmax(axis = -1): Tensor {
    return logSoftmax(this.asTensor(), axis);
  }

  /** The inner product of the last axis with a vector: `[…, n] · [n] → […]`. */
  dot(vector: Operand): Tensor {
    return dot(this.asTensor(), vector.asTensor());
  }

  /**
   * The matrix product over the last axis of a and the last but one of b; leading axes broadcast.
   */
  matmul(b: Operand): Tensor {
    return matmul(this.asTensor(), b.asTensor());
  }

  /** The sum of products over pairs of axes; batch axes run along together. */
  contract(
    b: Operand,
    { axes, batch = [[], []] }: Partial<ContractAttrs> & Pick<ContractAttrs, "axes">,
  ): Tensor {
    const ranks = [this.rank, b.rank] as const;
    return this.apply(ops.contract, [this, b], {
      axes: readPairs(axes, ranks),
      batch: readPairs(batch, ranks),
    });
  }

  /** Picks elements along an axis; the index has this tensor's sides elsewhere. */
  gather(index: TensorLike, axis: number): Tensor {
    return this.apply(ops.gather, [this, index], {
      axis: normalizeAxis("gather", axis, this.rank),
    });
  }

  /** Adds the source's elements where the index says, along an axis; repeats add up. */
  scatterAdd(index: TensorLike, source: Operand, axis: number): Tensor {
    return this.apply(ops.scatterAdd, [this, index, source], {
      axis: normalizeAxis("scatterAdd", axis, this.rank),
    });
  }

  /** 1 at each class label, 0 elsewhere, along a new last axis. */
  oneHot(classes: number, { dtype = "float32" }: { readonly dtype?: DType } = {}): Tensor {
    return this.apply(ops.oneHot, [this], { classes, dtype });
  }

  private reduce(op: Op<ReduceAttrs>, given: Axes | undefined, keepDims: boolean): Tensor {
    const x = this.asTensor();
    const axes = normalizeAxes(op.name, given, x.rank);
    if (axes.length === 0) {
      op.shape([x], { axes }); // what the op refuses, it refuses over no axes too
      return x;
    }
    const reduced = this.apply(op, [this], { axes });
    return keepDims ? reduced.unsqueeze(...axes) : reduced;
  }
}

/** Pairs of axes, one of either operand, counted from the front. */
function readPairs(
  [a, b]: ContractAttrs["axes"],
  ranks: readonly [number, number],
): ContractAttrs["axes"] {
  if (a.length !== b.length) {
    throw new ShapeError("contract", `${a.length} axes against ${b.length}`, {
      fix: "axes come in pairs: name as many of the first operand as of the second",
    });
  }
  const read = (axes: readonly number[], rank: number) => {
    normalizeAxes("contract", axes, rank);
    return axes.map((axis) => normalizeAxis("contract", axis, rank));
  };
  return [read(a, ranks[0]), read(b, ranks[1])];
}
