import type { DType } from "../dtype.js";
import type { Tensor } from "../op.js";
import * as ops from "../ops/index.js";
import { Recorder, type TensorLike } from "./recorder.js";

/** Functions of single elements. Two operands broadcast: sides are equal, or one of them is 1. */
export abstract class Elementwise extends Recorder {
  /** The sum: `a + b`. */
  add(b: TensorLike): Tensor {
    return this.apply(ops.add, [this, b]);
  }

  /** The difference: `a − b`. */
  sub(b: TensorLike): Tensor {
    return this.apply(ops.sub, [this, b]);
  }

  /** The product of elements: `a · b`. */
  mul(b: TensorLike): Tensor {
    return this.apply(ops.mul, [this, b]);
  }

  /** The quotient: `a / b`; integers give float32. */
  div(b: TensorLike): Tensor {
    return this.apply(ops.div, [this, b]);
  }

  /** The power `aᵇ`: 0⁰ = 1; a negative base needs an integer exponent. */
  pow(b: TensorLike): Tensor {
    return this.apply(ops.pow, [this, b]);
  }

  /** The larger of both; a tie shares the gradient evenly. */
  maximum(b: TensorLike): Tensor {
    return this.apply(ops.maximum, [this, b]);
  }

  /** The smaller of both; a tie shares the gradient evenly. */
  minimum(b: TensorLike): Tensor {
    return this.apply(ops.minimum, [this, b]);
  }

  /** Whether a = b, as bool. */
  eq(b: TensorLike): Tensor {
    return this.apply(ops.eq, [this, b]);
  }

  /** Whether a ≠ b, as bool. */
  ne(b: TensorLike): Tensor {
    return this.apply(ops.ne, [this, b]);
  }

  /** Whether a < b, as bool. */
  lt(b: TensorLike): Tensor {
    return this.apply(ops.lt, [this, b]);
  }

  /** Whether a ≤ b, as bool. */
  le(b: TensorLike): Tensor {
    return this.apply(ops.le, [this, b]);
  }

  /** Whether a > b, as bool. */
  gt(b: TensorLike): Tensor {
    return this.apply(ops.gt, [this, b]);
  }

  /** Whether a ≥ b, as bool. */
  ge(b: TensorLike): Tensor {
    return this.apply(ops.ge, [this, b]);
  }

  /** The negative: `−x`. */
  neg(): Tensor {
    return this.apply(ops.neg, [this]);
  }

  /** The absolute value; slope 0 at 0. */
  abs(): Tensor {
    return this.apply(ops.abs, [this]);
  }

  /** −1, 0 or 1; slope 0. */
  sign(): Tensor {
    return this.apply(ops.sign, [this]);
  }

  /** The exponential function. */
  exp(): Tensor {
    return this.apply(ops.exp, [this]);
  }

  /** The natural logarithm. */
  log(): Tensor {
    return this.apply(ops.log, [this]);
  }

  /** The square root; slope Infinity at 0. */
  sqrt(): Tensor {
    return this.apply(ops.sqrt, [this]);
  }

  /** Sine, in radians. */
  sin(): Tensor {
    return this.apply(ops.sin, [this]);
  }

  /** Cosine, in radians. */
  cos(): Tensor {
    return this.apply(ops.cos, [this]);
  }

  /** The hyperbolic tangent. */
  tanh(): Tensor {
    return this.apply(ops.tanh, [this]);
  }

  /** The logistic function `1 / (1 + exp(−x))`. */
  sigmoid(): Tensor {
    return this.apply(ops.sigmoid, [this]);
  }

  /** `log(1 + exp(x))`, a smooth relu. */
  softplus(): Tensor {
    return this.apply(ops.softplus, [this]);
  }

  /** `max(x, 0)`; slope 0 at 0. */
  relu(): Tensor {
    return this.apply(ops.relu, [this]);
  }

  /** The inverse of the error function, on (−1, 1). */
  erfInv(): Tensor {
    return this.apply(ops.erfInv, [this]);
  }

  /** The same value as a node of its own. */
  alias(): Tensor {
    return this.apply(ops.alias, [this]);
  }

  /** The same value, through which no gradient flows. */
  stopGradient(): Tensor {
    return this.apply(ops.stopGradient, [this]);
  }

  /** The familiar name of `stopGradient`. */
  detach(): Tensor {
    return this.stopGradient();
  }

  /** Takes from `a` where this condition holds, from `b` elsewhere: `x.gt(0).where(x, 0)`. */
  where(a: TensorLike, b: TensorLike): Tensor {
    return this.apply(ops.where, [this, a, b]);
  }

  /** The value in another dtype. */
  cast(dtype: DType): Tensor {
    const x = this.asTensor();
    return x.dtype === dtype ? x : this.apply(ops.cast, [this], { dtype });
  }

  /** The square: `x · x`. */
  square(): Tensor {
    return this.mul(this);
  }
}
