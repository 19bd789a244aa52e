import { type BackwardRecord, backward } from "../differentiate/backward.js";
import type { TypedArray } from "../dtype.js";
import { TraceError, ValueError } from "../errors.js";
import { logSoftmax, softmax } from "../functions/softmax.js";
import { describe } from "../inspect/describe.js";
import { readElements, readItem, readNested } from "../inspect/read.js";
import { named } from "../naming.js";
import type { Nested } from "../ndarray.js";
import type { Tensor } from "../op.js";
import { Product } from "./product.js";

/** All that can be done with a tensor or a variable. */
export abstract class Operand extends Product {
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

  /** What `JSON.stringify` writes: the value. */
  toJSON(): Nested {
    return this.toArray();
  }

  /** The operation, dtype, shape and value in one line. */
  override toString(): string {
    return describe(this.asTensor());
  }

  /** `${a}` prints; any other operator (`a * b`, `a > b`) would read a number, and is an error. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    if (this.asTensor().value === undefined) {
      const problem =
        "JavaScript's operators, branches and sizes need a value, and there is none in a trace";
      throw new TraceError("operator", problem, {
        fix: "compute with a.mul(b), choose with a.gt(b).where(yes, no), take sizes from shapes",
      });
    }
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

  /** Positive numbers that sum to 1 along the axis, in the ratio of `exp(x)`. */
  softmax(axis = -1): Tensor {
    return named("softmax", softmax, this.asTensor(), axis);
  }

  /** The logarithm of `softmax`, accurate where that underflows. */
  logSoftmax(axis = -1): Tensor {
    return named("logSoftmax", logSoftmax, this.asTensor(), axis);
  }
}
