import { ShapeError } from "../errors.js";
import { requireFloat } from "../functions/checks.js";
import type { NDArray } from "../ndarray.js";
import type { Spec } from "../op.js";
import { type Shape, showShape, sizeOf } from "../shape.js";

/** Refuses what is no square matrix of floating-point numbers, nor a batch of such. */
export function checkSquare(op: string, x: Spec): void {
  requireFloat(op, x);
  const [rows, columns] = x.shape.slice(-2);
  if (x.shape.length >= 2 && rows === columns) return;
  const sides = x.shape.length >= 2 ? `${rows} rows, ${columns} columns` : "no rows and columns";
  throw new ShapeError(op, `expected square matrices, got ${showShape(x.shape)}: ${sides}`, {
    shapes: [x.shape],
    fix: "the last two axes must be equal; leading axes are a batch",
  });
}

/** Visits the matrices along the last two axes: their elements in double precision, row by row. */
export function forEachMatrix(
  arrays: readonly NDArray[],
  visit: (matrices: readonly Float64Array[], at: number) => void,
): void {
  const rows = arrays.map((array) => array.contiguous().data);
  const sizes = arrays.map(({ shape }) => sizeOf(shape.slice(-2)));
  for (let at = 0; at < sizeOf(arrays[0]!.shape.slice(0, -2)); at++) {
    const part = (i: number) => rows[i]!.subarray(at * sizes[i]!, (at + 1) * sizes[i]!);
    visit(
      arrays.map((_, i) => Float64Array.from(part(i))),
      at,
    );
  }
}

/** Names one matrix of a batch, as in "matrix 3 of [5, 2, 2]"; "the matrix" if it is alone. */
export const showMatrix = (shape: Shape, at: number): string =>
  shape.length === 2 ? "the matrix" : `matrix ${at} of ${showShape(shape)}`;
