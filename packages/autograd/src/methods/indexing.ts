import type { DType } from "../dtype.js";
import { topk } from "../functions/parts.js";
import { indexSelect, takeAlongAxis } from "../functions/selection.js";
import { named } from "../naming.js";
import type { Tensor } from "../op.js";
import * as ops from "../ops/index.js";
import { normalizeAxis } from "../shape.js";
import { Movement } from "./movement.js";
import type { TensorLike } from "./recorder.js";

interface SortOptions {
  readonly descending?: boolean;
}

/** Elements by their index, and in order of their value. Indices are int32, from 0 on. */
export abstract class Indexing extends Movement {
  /** Picks elements along an axis; the index has this tensor's sides elsewhere. */
  gather(index: TensorLike, axis: number): Tensor {
    return this.apply(ops.gather, [this, index], {
      axis: normalizeAxis("gather", axis, this.rank),
    });
  }

  /** `gather` where the index and this tensor broadcast off the axis: one pick for many rows. */
  takeAlongAxis(index: TensorLike, axis: number): Tensor {
    return named("takeAlongAxis", takeAlongAxis, this.asTensor(), index, axis);
  }

  /** Whole rows (or whatever lies across the axis), in the order of a vector of indices. */
  indexSelect(index: TensorLike, axis: number): Tensor {
    return named("indexSelect", indexSelect, this.asTensor(), index, axis);
  }

  /** Adds the source's elements where the index says, along an axis; repeats add up. */
  scatterAdd(index: TensorLike, source: Movement, axis: number): Tensor {
    return this.apply(ops.scatterAdd, [this, index, source], {
      axis: normalizeAxis("scatterAdd", axis, this.rank),
    });
  }

  /** 1 at each class label, 0 elsewhere, along a new last axis. */
  oneHot(classes: number, { dtype = "float32" }: { readonly dtype?: DType } = {}): Tensor {
    return this.apply(ops.oneHot, [this], { classes, dtype });
  }

  /**
   * The indices that sort along an axis, as int32: equal elements stay in order, NaN is largest.
   */
  argsort(axis = -1, { descending = false }: SortOptions = {}): Tensor {
    return this.apply(ops.argsort, [this], {
      axis: normalizeAxis("argsort", axis, this.rank),
      descending,
    });
  }

  /** The elements in order along an axis; NaN counts as largest. */
  sort(axis = -1, options: SortOptions = {}): Tensor {
    const place = normalizeAxis("sort", axis, this.rank);
    return this.gather(this.argsort(place, options), place);
  }

  /** The k largest elements along an axis, in descending order, and where they stand. */
  topk(k: number, axis = -1): { readonly values: Tensor; readonly indices: Tensor } {
    return named("topk", topk, this.asTensor(), k, axis);
  }

  /** The index of the largest element along an axis, as int32; the first of ties. */
  argmax(axis = -1): Tensor {
    return this.apply(ops.argmax, [this], { axis: normalizeAxis("argmax", axis, this.rank) });
  }

  /** The index of the smallest element along an axis, as int32; the first of ties. */
  argmin(axis = -1): Tensor {
    return this.apply(ops.argmin, [this], { axis: normalizeAxis("argmin", axis, this.rank) });
  }
}
