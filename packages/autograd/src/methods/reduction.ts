import { checkDTypes } from "../dtype.js";
import type { ReduceAttrs } from "../families/reduction.js";
import { nodeOf } from "../functions/checks.js";
import {
  type CumulativeOptions,
  cumprod,
  cumsum,
  type RecurrenceOptions,
} from "../functions/cumulative.js";
import { trace } from "../functions/diagonals.js";
import { logSumExp } from "../functions/softmax.js";
import { all, any, mean, norm, std, variance } from "../functions/statistics.js";
import { named } from "../naming.js";
import type { Op, Tensor } from "../op.js";
import * as ops from "../ops/index.js";
import {
  type Axes,
  broadcastShapes,
  type KeepDims,
  normalizeAxes,
  normalizeAxis,
} from "../shape.js";
import { Indexing } from "./indexing.js";
import type { TensorLike } from "./recorder.js";

/** Many elements folded into one, over some axes or step by step along one of them. */
export abstract class Reduction extends Indexing {
  /** The sum over the axes; 0 over nothing. */
  sum(axes?: Axes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.reduce(ops.sum, axes, keepDims);
  }

  /** The product over the axes; 1 over nothing. */
  prod(axes?: Axes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.reduce(ops.prod, axes, keepDims);
  }

  /** The largest element over the axes; ties share the gradient evenly. */
  max(axes?: Axes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.reduce(ops.max, axes, keepDims);
  }

  /** The smallest element over the axes; ties share the gradient evenly. */
  min(axes?: Axes, { keepDims = false }: KeepDims = {}): Tensor {
    return this.reduce(ops.min, axes, keepDims);
  }

  /** Whether some element is not 0 (NaN is not), as bool; false over nothing. */
  any(axes?: Axes, options: KeepDims = {}): Tensor {
    return named("any", any, this.asTensor(), axes, options);
  }

  /** Whether no element is 0, as bool; true over nothing. */
  all(axes?: Axes, options: KeepDims = {}): Tensor {
    return named("all", all, this.asTensor(), axes, options);
  }

  /** The arithmetic mean over the axes; NaN over nothing. */
  mean(axes?: Axes, options: KeepDims = {}): Tensor {
    return named("mean", mean, this.asTensor(), axes, options);
  }

  /** The variance over the axes: squared deviations over `n - correction`, which is 1. */
  variance(axes?: Axes, options: KeepDims & { readonly correction?: number } = {}): Tensor {
    return named("variance", variance, this.asTensor(), axes, options);
  }

  /** The standard deviation over the axes: the root of `variance`; slope 0 where that is 0. */
  std(axes?: Axes, options: KeepDims & { readonly correction?: number } = {}): Tensor {
    return named("std", std, this.asTensor(), axes, options);
  }

  /** The p-norm over the axes; Euclidean by default, the largest magnitude for Infinity. */
  norm(axes?: Axes, options: KeepDims & { readonly p?: number } = {}): Tensor {
    return named("norm", norm, this.asTensor(), axes, options);
  }

  /** `log Σ exp(x)` over the axes, without overflow. */
  logSumExp(axes?: Axes, options: KeepDims = {}): Tensor {
    return named("logSumExp", logSumExp, this.asTensor(), axes, options);
  }

  /** The sum of a matrix's diagonal. */
  trace(): Tensor {
    return named("trace", trace, this.asTensor());
  }

  /** The running sum along an axis: in reverse from its end, exclusive without the element. */
  cumsum(axis: number, options: CumulativeOptions = {}): Tensor {
    return named("cumsum", cumsum, this.asTensor(), axis, options);
  }

  /** The running product along an axis: in reverse from its end, exclusive without the element. */
  cumprod(axis: number, options: CumulativeOptions = {}): Tensor {
    return named("cumprod", cumprod, this.asTensor(), axis, options);
  }

  /**
   * The recurrence `h[t] = a[t]·h[t−1] + b[t]` from `h[−1] = 0`, where this is a. Both broadcast.
   */
  linearRecurrence(b: TensorLike, { axis = -1, reverse = false }: RecurrenceOptions = {}): Tensor {
    const [factors, terms] = [this.asTensor(), nodeOf("linearRecurrence", b, this.asTensor())];
    checkDTypes("linearRecurrence", [factors, terms]);
    const shape = broadcastShapes("linearRecurrence", factors.shape, terms.shape);
    return this.apply(
      ops.linearRecurrence,
      [factors.broadcastTo(shape), terms.broadcastTo(shape)],
      { axis: normalizeAxis("linearRecurrence", axis, shape.length), reverse },
    );
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
