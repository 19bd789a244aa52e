import { ShapeError } from "../errors.js";
import type { Tensor } from "../op.js";
import { showShape } from "../shape.js";
import { requireInteger } from "./checks.js";

/** In row-major order one step down the diagonal is a row and a column: a slice with that step. */
export function diag(x: Tensor, k: number): Tensor {
  requireInteger("diag", "k", k);
  if (x.rank === 2) return diagonalOf(x, k);
  if (x.rank === 1) return diagonalMatrix(x, k);
  throw new ShapeError("diag", `shape ${showShape(x.shape)} is neither a vector nor a matrix`, {
    shapes: [x.shape],
    fix: "give a vector, or a matrix: of a batch one at a time, as with vmap",
  });
}

export function trace(x: Tensor): Tensor {
  if (x.rank === 2) return diagonalOf(x, 0).sum();
  throw new ShapeError("trace", `shape ${showShape(x.shape)} is no matrix`, {
    shapes: [x.shape],
    fix: "give a matrix: of a batch one at a time, as with vmap",
  });
}

/** The part of the last two axes that lies on one side of the k-th diagonal, 0 elsewhere. */
export function triangle(op: "tril" | "triu", x: Tensor, k: number): Tensor {
  requireInteger(op, "k", k);
  if (x.rank < 2) {
    throw new ShapeError(op, `shape ${showShape(x.shape)} has no rows and columns`, {
      shapes: [x.shape],
      fix: "give a matrix, or a batch of matrices along the leading axes",
    });
  }
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const isKept = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    // Relative to where the row begins, and cut at its ends.
    const diagonal = Math.min(Math.max(0, row + k + (op === "tril" ? 1 : 0)), columns);
    const [from, to] = op === "tril" ? [0, diagonal] : [diagonal, columns];
    isKept.fill(1, row * columns + from, row * columns + to);
  }
  return x.constantLike(isKept, { shape: [rows, columns], dtype: "bool" }).where(x, 0);
}

function diagonalOf(x: Tensor, k: number): Tensor {
  const [rows, columns] = x.shape as [number, number];
  const length = Math.max(0, Math.min(rows + Math.min(k, 0), columns - Math.max(k, 0)));
  const start = length === 0 ? 0 : firstOnDiagonal(k, columns);
  const stop = start + length * (columns + 1);
  return x.reshape([rows * columns]).slice([start, length === 0 ? 0 : stop, columns + 1]);
}

function diagonalMatrix(x: Tensor, k: number): Tensor {
  const length = x.shape[0]!;
  const side = length + Math.abs(k);
  const start = firstOnDiagonal(k, side);
  const spread = length === 0 ? 0 : (length - 1) * (side + 1) + 1;
  return x.pad([[start, side * side - start - spread]], { gaps: [side] }).reshape([side, side]);
}

/** The place in row-major order where the k-th diagonal begins: in the first row or column. */
const firstOnDiagonal = (k: number, columns: number): number => (k < 0 ? -k * columns : k);
