import type { DType } from "./dtype.js";
import { allocate } from "./dtype.js";
import { ValueError } from "./errors.js";
import type { Operand } from "./methods/operand.js";
import type { Tensor } from "./op.js";
import type { Shape } from "./shape.js";
import { checkShape, sizeOf } from "./shape.js";
import { asTensor, tensor } from "./tensor.js";

interface CreationOptions {
  readonly dtype?: DType;
}

/** A constant of the given shape with every element equal to `value`. */
export function full(
  shape: Shape,
  value: number,
  { dtype = "float32" }: CreationOptions = {},
): Tensor {
  checkShape("full", shape);
  return tensor(allocate(dtype, sizeOf(shape)).fill(value), { shape, dtype });
}

/** Zeros of the given shape. */
export const zeros = (shape: Shape, options?: CreationOptions): Tensor => full(shape, 0, options);

/** Ones of the given shape. */
export const ones = (shape: Shape, options?: CreationOptions): Tensor => full(shape, 1, options);

/** The numbers 0, 1, … below `count`; int32 by default. */
export function arange(count: number, { dtype = "int32" }: CreationOptions = {}): Tensor {
  checkShape("arange", [count]);
  return tensor(
    Array.from({ length: count }, (_, i) => i),
    { dtype },
  );
}

/** The tensors one after the other along an axis, whose sides may differ. */
export function concat(tensors: readonly Operand[], axis = 0): Tensor {
  const [first, ...others] = nonEmpty("concat", tensors);
  return first!.concat(others, axis);
}

/** Tensors of one shape side by side along a new axis. */
export function stack(tensors: readonly Operand[], axis = 0): Tensor {
  return concat(
    nonEmpty("stack", tensors).map((item) => asTensor(item).unsqueeze(axis)),
    axis,
  );
}

function nonEmpty(op: string, tensors: readonly Operand[]): readonly Operand[] {
  if (tensors.length > 0) return tensors;
  throw new ValueError(op, "the list is empty", { fix: "give at least one tensor" });
}
