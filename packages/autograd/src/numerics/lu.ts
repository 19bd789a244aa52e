/**
 * A square matrix with its rows and columns reordered, as L·U: `lu` holds U, and below its diagonal
 * L, whose own diagonal is 1.
 */
export interface Factors {
  readonly lu: Float64Array;
  /** Row i of L·U is row `rows[i]` of the matrix; columns likewise. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The determinant of both orders: 1 or −1. */
  readonly sign: number;
}

/**
 * Gaussian elimination. Each pivot is the largest number of its column, or with `complete` the
 * largest of all that are left: a singular matrix then ends in rows of zeros. Golub, Van Loan,
 * "Matrix Computations", 4th edition, 3.4.
 */
export function factorize(matrix: Float64Array, n: number, complete = false): Factors {
  const lu = matrix.slice();
  const rows = Array.from({ length: n }, (_, i) => i);
  const columns = [...rows];
  let sign = 1;
  for (let k = 0; k < n; k++) {
    const [row, column] = largest(lu, n, k, complete ? n : k + 1);
    if (row !== k) {
      sign = -sign;
      [rows[k], rows[row]] = [rows[row]!, rows[k]!];
      for (let j = 0; j < n; j++) swap(lu, k * n + j, row * n + j);
    }
    if (column !== k) {
      sign = -sign;
      [columns[k], columns[column]] = [columns[column]!, columns[k]!];
      for (let i = 0; i < n; i++) swap(lu, i * n + k, i * n + column);
    }
    const pivot = lu[k * n + k]!;
    if (pivot === 0) continue; // all that it would have to clear is 0 already
    for (let i = k + 1; i < n; i++) {
      lu[i * n + k]! /= pivot;
      const factor = lu[i * n + k]!;
      for (let j = k + 1; j < n; j++) lu[i * n + j]! -= factor * lu[k * n + j]!;
    }
  }
  return { lu, rows, columns, sign };
}

/** Where the largest magnitude stands in the rows from k on and the columns from k to `end`. */
function largest(lu: Float64Array, n: number, k: number, end: number): [row: number, col: number] {
  let best: [number, number] = [k, k];
  let size = Math.abs(lu[k * n + k]!);
  for (let i = k; i < n; i++) {
    for (let j = k; j < end; j++) {
      const candidate = Math.abs(lu[i * n + j]!);
      if (candidate > size) [best, size] = [[i, j], candidate];
    }
  }
  return best;
}

function swap(list: Float64Array, i: number, j: number): void {
  [list[i], list[j]] = [list[j]!, list[i]!];
}

/**
 * Solves T·X = X in place for a triangular T, row after row: downwards for a lower one, upwards for
 * an upper one. X is row-major with `width` columns; `t` reads T.
 */
export function substitute(
  x: Float64Array,
  n: number,
  width: number,
  t: (i: number, k: number) => number,
  direction: "down" | "up",
): void {
  for (let step = 0; step < n; step++) {
    const i = direction === "down" ? step : n - 1 - step;
    const [from, to] = direction === "down" ? [0, i] : [i + 1, n];
    for (let k = from; k < to; k++) {
      const factor = t(i, k);
      for (let j = 0; j < width; j++) x[i * width + j]! -= factor * x[k * width + j]!;
    }
    const diagonal = t(i, i);
    for (let j = 0; j < width; j++) x[i * width + j]! /= diagonal;
  }
}
