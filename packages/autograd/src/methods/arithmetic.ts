import { checkDType, type DType } from "../dtype.js";
import { arithmetic } from "../families/dtypes.js";
import { clamp } from "../functions/clamp.js";
import { named } from "../naming.js";
import type { Tensor } from "../op.js";
import * as ops from "../ops/index.js";
import { Recorder, type TensorLike } from "./recorder.js";

/**
 * Arithmetic, rounding, comparison, logic and choice. Two operands broadcast: sides are equal, or
 * one is 1.
 */
export abstract class Arithmetic extends Recorder {
  /** The sum: `a + b`. */
  add(b: TensorLike): Tensor {
    return this.binary(ops.add, b);
  }

  /** The difference: `a − b`. */
  sub(b: TensorLike): Tensor {
    return this.binary(ops.sub, b);
  }

  /** The product of elements: `a · b`. */
  mul(b: TensorLike): Tensor {
    return this.binary(ops.mul, b);
  }

  /** The quotient: `a / b`; integers give float32. */
  div(b: TensorLike): Tensor {
    return this.binary(ops.div, b);
  }

  /** The power `aᵇ`: 0⁰ = 1; a negative base needs an integer exponent. */
  pow(b: TensorLike): Tensor {
    return this.binary(ops.pow, b);
  }

  /**
   * What is left after whole multiples of b, with the sign of b: `a − b·⌊a/b⌋`. A divisor of 0
   * gives NaN, and 0 for int32.
   */
  remainder(b: TensorLike): Tensor {
    return this.binary(ops.remainder, b);
  }

  /**
   * What is left after whole multiples of b, with the sign of a: `a % b` in JavaScript and C. A
   * divisor of 0 gives NaN, and 0 for int32.
   */
  fmod(b: TensorLike): Tensor {
    return this.binary(ops.fmod, b);
  }

  /** The angle of the point (b, a): `y.atan2(x)`, in radians from −π to π; slope 0 at (0, 0). */
  atan2(b: TensorLike): Tensor {
    return this.binary(ops.atan2, b);
  }

  /** The negative: `−x`. */
  neg(): Tensor {
    return this.unary(ops.neg);
  }

  /** The absolute value; slope 0 at 0. */
  abs(): Tensor {
    return this.unary(ops.abs);
  }

  /** −1, 0 or 1; slope 0. */
  sign(): Tensor {
    return this.unary(ops.sign);
  }

  /** The square: `x · x`. */
  square(): Tensor {
    arithmetic("square", this);
    return this.mul(this);
  }

  /** The reciprocal: `1 / x`. */
  reciprocal(): Tensor {
    arithmetic("reciprocal", this);
    return this.apply(ops.div, [1, this]);
  }

  /** The largest integer not above; slope 0. */
  floor(): Tensor {
    return this.unary(ops.floor);
  }

  /** The smallest integer not below; slope 0. */
  ceil(): Tensor {
    return this.unary(ops.ceil);
  }

  /** The nearest integer, of two as near the even one; slope 0. */
  round(): Tensor {
    return this.unary(ops.round);
  }

  /** The integer part: cut towards 0; slope 0. */
  trunc(): Tensor {
    return this.unary(ops.trunc);
  }

  /** The larger of both; a tie shares the gradient evenly. */
  maximum(b: TensorLike): Tensor {
    return this.binary(ops.maximum, b);
  }

  /** The smaller of both; a tie shares the gradient evenly. */
  minimum(b: TensorLike): Tensor {
    return this.binary(ops.minimum, b);
  }

  /** `max(x, 0)`; slope 0 at 0. */
  relu(): Tensor {
    return this.unary(ops.relu);
  }

  /**
   * Kept within bounds, either of which may be null: the slope is 1 inside and at a bound, 0
   * outside. If the bounds are the wrong way round, the result is `max`.
   */
  clamp(min: TensorLike | null, max: TensorLike | null = null): Tensor {
    return named("clamp", clamp, this.asTensor(), min, max);
  }

  /** Whether a = b, as bool. */
  eq(b: TensorLike): Tensor {
    return this.binary(ops.eq, b);
  }

  /** Whether a ≠ b, as bool. */
  ne(b: TensorLike): Tensor {
    return this.binary(ops.ne, b);
  }

  /** Whether a < b, as bool. */
  lt(b: TensorLike): Tensor {
    return this.binary(ops.lt, b);
  }

  /** Whether a ≤ b, as bool. */
  le(b: TensorLike): Tensor {
    return this.binary(ops.le, b);
  }

  /** Whether a > b, as bool. */
  gt(b: TensorLike): Tensor {
    return this.binary(ops.gt, b);
  }

  /** Whether a ≥ b, as bool. */
  ge(b: TensorLike): Tensor {
    return this.binary(ops.ge, b);
  }

  /** Whether each element is NaN, as bool. */
  isNaN(): Tensor {
    return this.unary(ops.isNaN);
  }

  /** Whether each element is neither infinite nor NaN, as bool. */
  isFinite(): Tensor {
    return this.unary(ops.isFinite);
  }

  /** Whether this condition does not hold. */
  logicalNot(): Tensor {
    return this.unary(ops.logicalNot);
  }

  /** Whether both conditions hold. */
  logicalAnd(b: TensorLike): Tensor {
    return this.binary(ops.logicalAnd, b);
  }

  /** Whether at least one of both conditions holds. */
  logicalOr(b: TensorLike): Tensor {
    return this.binary(ops.logicalOr, b);
  }

  /** Whether exactly one of both conditions holds. */
  logicalXor(b: TensorLike): Tensor {
    return this.binary(ops.logicalXor, b);
  }

  /** Takes from `a` where this condition holds, from `b` elsewhere: `x.gt(0).where(x, 0)`. */
  where(a: TensorLike, b: TensorLike): Tensor {
    return this.apply(ops.where, [this, a, b]);
  }

  /** The value in another dtype. */
  cast(dtype: DType): Tensor {
    checkDType("cast", dtype);
    const x = this.asTensor();
    return x.dtype === dtype ? x : this.apply(ops.cast, [this], { dtype });
  }

  /** The same value as a node of its own. */
  alias(): Tensor {
    return this.unary(ops.alias);
  }

  /** The same value, through which no gradient flows. */
  stopGradient(): Tensor {
    return this.unary(ops.stopGradient);
  }

  /** The familiar name of `stopGradient`. */
  detach(): Tensor {
    return this.stopGradient();
  }
}
