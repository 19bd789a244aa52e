import type { Tensor } from "../op.js";
import * as ops from "../ops/index.js";
import { Arithmetic } from "./arithmetic.js";

/** Exponentials, roots, angles and the like, element by element; integers become float32. */
export abstract class Analytic extends Arithmetic {
  /** The exponential function. */
  exp(): Tensor {
    return this.unary(ops.exp);
  }

  /** `exp(x) − 1`, accurate near 0. */
  expm1(): Tensor {
    return this.unary(ops.expm1);
  }

  /** The natural logarithm. */
  log(): Tensor {
    return this.unary(ops.log);
  }

  /** `log(1 + x)`, accurate near 0. */
  log1p(): Tensor {
    return this.unary(ops.log1p);
  }

  /** The logarithm to base 2. */
  log2(): Tensor {
    return this.unary(ops.log2);
  }

  /** The square root; slope Infinity at 0. */
  sqrt(): Tensor {
    return this.unary(ops.sqrt);
  }

  /** `1 / √x`; Infinity at 0, with the slope -Infinity. */
  rsqrt(): Tensor {
    return this.unary(ops.rsqrt);
  }

  /** Sine, in radians. */
  sin(): Tensor {
    return this.unary(ops.sin);
  }

  /** Cosine, in radians. */
  cos(): Tensor {
    return this.unary(ops.cos);
  }

  /** Tangent, in radians. */
  tan(): Tensor {
    return this.unary(ops.tan);
  }

  /** The inverse of sine, in radians from −π/2 to π/2; slope Infinity at −1 and 1. */
  asin(): Tensor {
    return this.unary(ops.asin);
  }

  /** The inverse of cosine, in radians from 0 to π; slope -Infinity at −1 and 1. */
  acos(): Tensor {
    return this.unary(ops.acos);
  }

  /** The inverse of tangent, in radians from −π/2 to π/2. */
  atan(): Tensor {
    return this.unary(ops.atan);
  }

  /** The hyperbolic sine. */
  sinh(): Tensor {
    return this.unary(ops.sinh);
  }

  /** The hyperbolic cosine. */
  cosh(): Tensor {
    return this.unary(ops.cosh);
  }

  /** The hyperbolic secant, `1 / cosh(x)`. */
  sech(): Tensor {
    return this.unary(ops.sech);
  }

  /** The hyperbolic tangent. */
  tanh(): Tensor {
    return this.unary(ops.tanh);
  }

  /** The inverse of the hyperbolic sine. */
  asinh(): Tensor {
    return this.unary(ops.asinh);
  }

  /** The inverse of the hyperbolic cosine, on [1, ∞); slope Infinity at 1. */
  acosh(): Tensor {
    return this.unary(ops.acosh);
  }

  /** The inverse of the hyperbolic tangent, on [−1, 1]; slope Infinity at its ends. */
  atanh(): Tensor {
    return this.unary(ops.atanh);
  }

  /** The logistic function `1 / (1 + exp(−x))`. */
  sigmoid(): Tensor {
    return this.unary(ops.sigmoid);
  }

  /** `log(1 + exp(x))`, a smooth relu. */
  softplus(): Tensor {
    return this.unary(ops.softplus);
  }

  /** The error function, `2/√π · ∫₀ˣ exp(−t²) dt`. */
  erf(): Tensor {
    return this.unary(ops.erf);
  }

  /** `1 − erf(x)`, accurate where erf is near 1. */
  erfc(): Tensor {
    return this.unary(ops.erfc);
  }

  /** The inverse of the error function, on (−1, 1). */
  erfInv(): Tensor {
    return this.unary(ops.erfInv);
  }
}
