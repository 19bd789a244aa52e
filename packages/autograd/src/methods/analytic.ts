import type { Tensor } from "../op.js";
import * as ops from "../ops/index.js";
import { Arithmetic } from "./arithmetic.js";

/** Exponentials, roots, angles and the like, element by element; integers become float32. */
export abstract class Analytic extends Arithmetic {
  /** The exponential function. */
  exp(): Tensor {
    return this.unary(ops.exp);
  }

  /** The natural logarithm. */
  log(): Tensor {
    return this.unary(ops.log);
  }

  /** The square root; slope Infinity at 0. */
  sqrt(): Tensor {
    return this.unary(ops.sqrt);
  }

  /** Sine, in radians. */
  sin(): Tensor {
    return this.unary(ops.sin);
  }

  /** Cosine, in radians. */
  cos(): Tensor {
    return this.unary(ops.cos);
  }

  /** The hyperbolic tangent. */
  tanh(): Tensor {
    return this.unary(ops.tanh);
  }

  /** The logistic function `1 / (1 + exp(−x))`. */
  sigmoid(): Tensor {
    return this.unary(ops.sigmoid);
  }

  /** `log(1 + exp(x))`, a smooth relu. */
  softplus(): Tensor {
    return this.unary(ops.softplus);
  }

  /** The inverse of the error function, on (−1, 1). */
  erfInv(): Tensor {
    return this.unary(ops.erfInv);
  }
}
