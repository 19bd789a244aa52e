import type { DType } from "../dtype.js";
import { DTypeError } from "../errors.js";
import type { Spec } from "../op.js";
import { showShape } from "../shape.js";

/** The dtype of numbers; bool is refused. */
export function arithmetic(name: string, x: Spec): DType {
  if (x.dtype !== "bool") return x.dtype;
  throw new DTypeError(name, "expected numbers, got bool", {
    shapes: [x.shape],
    fix: 'convert with .cast("float32"), or select with condition.where(a, b)',
  });
}

/** The dtype of conditions; anything else is refused. */
export function truth(name: string, x: Spec): DType {
  if (x.dtype === "bool") return x.dtype;
  throw new DTypeError(name, `expected bool, got ${x.dtype}`, {
    shapes: [x.shape],
    fix: "compare first, as in x.ne(0)",
  });
}

/** A random key is two words: an int32 tensor of shape [2]. */
export function checkKey(op: string, key: Spec): void {
  if (key.dtype === "int32" && key.shape.length === 1 && key.shape[0] === 2) return;
  throw new DTypeError(op, `expected a random key, got ${key.dtype} ${showShape(key.shape)}`, {
    shapes: [key.shape],
    fix: "make one with key(seed) or split(key)",
  });
}
