import { ShapeError } from "../errors.js";
import { nodeOf } from "../functions/checks.js";
import { inverse, outer, readSolve } from "../functions/linear-algebra.js";
import { dot, matmul } from "../functions/products.js";
import { named } from "../naming.js";
import type { Tensor } from "../op.js";
import type { ContractAttrs } from "../ops/contract.js";
import * as ops from "../ops/index.js";
import { normalizeAxes, normalizeAxis } from "../shape.js";
import type { Recorder, TensorLike } from "./recorder.js";
import { Reduction } from "./reduction.js";

/** How far apart windows begin, and how far apart the elements of one lie. */
export interface WindowSteps {
  readonly step?: number;
  readonly dilation?: number;
}

/** Products, linear algebra on the last two axes, and windows, of which convolutions are made. */
export abstract class Product extends Reduction {
  /** The inner product of the last axis with a vector: `[…, n] · [n] → […]`. */
  dot(vector: TensorLike): Tensor {
    const x = this.asTensor();
    return named("dot", dot, x, nodeOf("dot", vector, x));
  }

  /** The products of every element of a vector with every one of another: `[n], [m] → [n, m]`. */
  outer(b: TensorLike): Tensor {
    const x = this.asTensor();
    return named("outer", outer, x, nodeOf("outer", b, x));
  }

  /**
   * The matrix product over the last axis of a and the last but one of b; leading axes broadcast.
   */
  matmul(b: TensorLike): Tensor {
    const x = this.asTensor();
    return named("matmul", matmul, x, nodeOf("matmul", b, x));
  }

  /** The sum of products over pairs of axes; batch axes run along together. */
  contract(
    b: Recorder,
    { axes, batch = [[], []] }: Partial<ContractAttrs> & Pick<ContractAttrs, "axes">,
  ): Tensor {
    const ranks = [this.rank, b.rank] as const;
    return this.apply(ops.contract, [this, b], {
      axes: readPairs(axes, ranks),
      batch: readPairs(batch, ranks),
    });
  }

  /**
   * The x of A·x = b for square matrices A, whose leading axes broadcast. As in PyTorch, b is
   * `[…, n, k]`, or a vector: `[n]`, or `[…, n]` if that is the shape of A without its last axis.
   * A singular A is a ValueError.
   */
  solve(b: TensorLike): Tensor {
    const matrix = this.asTensor();
    const { a, right, isVector } = readSolve(matrix, nodeOf("solve", b, matrix));
    const x = this.apply(ops.solve, [a, right]);
    return isVector ? x.squeeze(-1) : x;
  }

  /** The inverses of square matrices; prefer `a.solve(b)` to `a.inv().matmul(b)`. */
  inv(): Tensor {
    return named("inv", inverse, this.asTensor());
  }

  /** The determinants of square matrices. Its derivatives hold at singular ones too. */
  det(): Tensor {
    return this.apply(ops.det, [this]);
  }

  /**
   * The cofactors of square matrices: the gradient of `det`, or its derivative along directions.
   */
  cofactors(...directions: readonly Recorder[]): Tensor {
    return this.apply(ops.cofactors, [this, ...directions]);
  }

  /**
   * The lower triangular L with L·Lᵀ = A for symmetric positive definite A; other matrices are a
   * ValueError. Reads the lower triangle alone; the gradient is symmetric, as in PyTorch.
   */
  cholesky(): Tensor {
    return this.apply(ops.cholesky, [this]);
  }

  /**
   * The windows of `size` elements along an axis, `step` apart, as a new last axis: a view. Within
   * a window the elements are `dilation` apart.
   */
  unfold(axis: number, size: number, { step = 1, dilation = 1 }: WindowSteps = {}): Tensor {
    const place = normalizeAxis("unfold", axis, this.rank);
    return this.apply(ops.unfold, [this], { axis: place, size, step, dilation });
  }

  /**
   * Adds windows, held by the last axis, to where `unfold` takes them from an axis of `length`.
   */
  fold(axis: number, length: number, { step = 1, dilation = 1 }: WindowSteps = {}): Tensor {
    const { rank, shape } = this;
    if (rank < 2) {
      throw new ShapeError("fold", `there are no windows in a tensor of rank ${rank}`, {
        shapes: [shape],
        fix: "give the windows along one axis, their elements along the last",
      });
    }
    const place = normalizeAxis("fold", axis, rank - 1);
    return this.apply(ops.fold, [this], { axis: place, length, step, dilation });
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
