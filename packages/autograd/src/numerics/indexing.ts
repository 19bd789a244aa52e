import { DTypeError, IndexError, ShapeError } from "../errors.js";
import type { NDArray } from "../ndarray.js";
import type { Spec } from "../op.js";
import { type Shape, showShape, stridesOf } from "../shape.js";

/** An index selects along one axis and follows the operand along all others. */
export function checkIndexShape(op: string, operand: Shape, index: Spec, axis: number): void {
  const fits =
    index.shape.length === operand.length &&
    index.shape.every((side, i) => i === axis || side === operand[i]);
  if (index.dtype !== "int32") {
    throw new DTypeError(op, `the index is ${index.dtype}, expected int32`, {
      shapes: [operand, index.shape],
      fix: 'convert it with .cast("int32")',
    });
  }
  if (fits) return;
  const expected = operand.map((side, i) => (i === axis ? "any" : side)).join(", ");
  throw new ShapeError(
    op,
    `the index has shape ${showShape(index.shape)}, expected [${expected}]`,
    {
      shapes: [operand, index.shape],
      axis,
      fix: "give it the operand's sides except along the axis",
    },
  );
}

/** Refuses an index outside `0 … bound - 1`, naming it and where it stands. */
export function checkIndex(op: string, value: number, position: number, bound: number): void {
  if (value >= 0 && value < bound) return;
  throw new IndexError(op, `index ${value} at position ${position} is outside 0 to ${bound - 1}`, {
    fix: `indices must be at least 0 and less than ${bound}`,
  });
}

/**
 * For each element of the index, in row-major order, the element of an array of `shape` it means.
 */
export function indexedOffsets(op: string, index: NDArray, shape: Shape, axis: number): Int32Array {
  const { data } = index.contiguous();
  const strides = stridesOf(shape);
  const indexStrides = stridesOf(index.shape);
  const offsets = new Int32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    checkIndex(op, data[at]!, at, shape[axis]!);
    let rest = at;
    for (let i = 0; i < shape.length; i++) {
      const position = Math.floor(rest / indexStrides[i]!);
      rest -= position * indexStrides[i]!;
      offsets[at]! += (i === axis ? data[at]! : position) * strides[i]!;
    }
  }
  return offsets;
}
