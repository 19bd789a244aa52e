import { DTypeError, IndexError, ShapeError } from "../errors.js";
import type { NDArray } from "../ndarray.js";
import type { Spec } from "../op.js";
import { type Shape, showShape, sizeOf } from "../shape.js";

/** An index selects along one axis and follows the operand along all others. */
export function checkIndexShape(op: string, operand: Shape, index: Spec, axis: number): void {
  const fits =
    index.shape.length === operand.length &&
    index.shape.every((side, i) => i === axis || side === operand[i]);
  checkIndexDType(op, operand, index);
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

/** Refuses an index that is no int32. */
export function checkIndexDType(op: string, operand: Shape, index: Spec): void {
  if (index.dtype === "int32") return;
  throw new DTypeError(op, `the index is ${index.dtype}, expected int32`, {
    shapes: [operand, index.shape],
    fix: 'convert it with .cast("int32")',
  });
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
  const offsets = new Int32Array(data.length);
  const [side, count] = [shape[axis]!, index.shape[axis]!];
  const step = sizeOf(shape.slice(axis + 1));
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!;
    if (value < 0 || value >= side) checkIndex(op, value, elementAt(at, index), side);
    // Row-major, place `at` is (block · count + position along the axis) · step + rest.
    const block = Math.floor(at / (count * step));
    offsets[at] = (block * side + value) * step + (at % step);
  }
  return offsets;
}

/** Which element of an array is at a row-major place, if those that only repeat do not count. */
function elementAt(place: number, { shape, strides }: NDArray): number {
  let [element, size, rest] = [0, 1, place];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const side = shape[axis]!;
    if (strides[axis] !== 0) {
      element += (rest % side) * size;
      size *= side;
    }
    rest = Math.floor(rest / side);
  }
  return element;
}
