import { checkList } from "./arguments.js";
import { allocate, type DType } from "./dtype.js";
import { DTypeError, ShapeError, ValueError } from "./errors.js";
import { parseLiteral } from "./literal.js";
import type { Operand } from "./methods/operand.js";
import { named } from "./naming.js";
import type { Tensor } from "./op.js";
import { checkShape, normalizeAxis, type Shape, sameShape, showShape, sizeOf } from "./shape.js";
import { asTensor, tensor } from "./tensor.js";

interface CreationOptions {
  readonly dtype?: DType;
}

/** A constant of the given shape with every element equal to `value`. */
export const full = (shape: Shape, value: number, options?: CreationOptions): Tensor =>
  filled("full", shape, value, options);

/** Zeros of the given shape. */
export const zeros = (shape: Shape, options?: CreationOptions): Tensor =>
  filled("zeros", shape, 0, options);

/** Ones of the given shape. */
export const ones = (shape: Shape, options?: CreationOptions): Tensor =>
  filled("ones", shape, 1, options);

function filled(
  op: string,
  shape: Shape,
  value: number,
  { dtype = "float32" }: CreationOptions = {},
): Tensor {
  checkShape(op, shape);
  const { data } = parseLiteral(value, { dtype }, op);
  return tensor(allocate(dtype, sizeOf(shape)).fill(data[0]!), { shape, dtype });
}

/** The numbers 0, 1, … below `count`; int32 by default. */
export function arange(count: number, { dtype = "int32" }: CreationOptions = {}): Tensor {
  checkShape("arange", [count]);
  const numbers = Array.from({ length: count }, (_, i) => i);
  return named("arange", tensor, numbers, { dtype });
}

/** The tensors one after the other along an axis, whose sides may differ. */
export function concat(tensors: readonly Operand[], axis = 0): Tensor {
  const [first, ...others] = nonEmpty("concat", tensors);
  return first!.concat(others, axis);
}

/** Tensors of one shape side by side along a new axis. */
export function stack(tensors: readonly Operand[], axis = 0): Tensor {
  const items = nonEmpty("stack", tensors).map((item) => asTensor(item, undefined, "stack"));
  const { shape, dtype, rank } = items[0]!;
  const place = normalizeAxis("stack", axis, rank + 1);
  for (const [i, item] of items.entries()) {
    if (!sameShape(item.shape, shape)) {
      const [given, expected] = [showShape(item.shape), showShape(shape)];
      throw new ShapeError("stack", `item ${i} has shape ${given}, expected ${expected}`, {
        shapes: items.map((other) => other.shape),
        axis: place,
        fix: "stack tensors of one shape; to join along an axis that exists use concat",
      });
    }
    if (item.dtype !== dtype) {
      throw new DTypeError("stack", `item ${i} is ${item.dtype}, item 0 is ${dtype}`, {
        fix: `convert item ${i} with .cast("${dtype}")`,
      });
    }
  }
  return concat(
    items.map((item) => item.unsqueeze(place)),
    place,
  );
}

function nonEmpty(op: string, tensors: readonly Operand[]): readonly Operand[] {
  checkList(op, tensors, "tensors", `write ${op}([a, b])`);
  if (tensors.length > 0) return tensors;
  throw new ValueError(op, "the list is empty", { fix: "give at least one tensor" });
}
