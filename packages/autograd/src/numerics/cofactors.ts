import { factorize, substitute } from "./lu.js";

/**
 * The derivative of the determinant along directions, as the matrix of its slopes in a last one.
 *
 * With complete pivoting, A = L·D·V up to the order of rows and columns: L and V have 1 on their
 * diagonals, and what A lacks in rank are zeros at the end of the diagonal D. Hence det(A + ΣtH) =
 * ±det(D + Σt·L⁻¹·H·V⁻¹), and the derivatives of a diagonal matrix's determinant are sums of
 * products, without a quotient.
 */
export function cofactorsOf(
  matrix: Float64Array,
  directions: readonly Float64Array[],
  n: number,
): Float64Array {
  const { lu, rows, columns, sign } = factorize(matrix, n, true);
  const diagonal = rows.map((_, k) => lu[k * n + k]!);
  const lower = (i: number, k: number) => (i === k ? 1 : lu[i * n + k]!);
  const upper = (i: number, k: number) =>
    i === k ? 1 : diagonal[i] === 0 ? 0 : lu[i * n + k]! / diagonal[i]!;
  const turned = directions.map((h) => {
    const half = h.map((_, at) => h[rows[Math.floor(at / n)]! * n + columns[at % n]!]!);
    substitute(half, n, n, lower, "down");
    const whole = transposed(half, n);
    substitute(whole, n, n, (i, k) => upper(k, i), "down");
    return transposed(whole, n);
  });
  const half = slopesOfDiagonal(diagonal, turned);
  substitute(half, n, n, (i, k) => lower(k, i), "up");
  const whole = transposed(half, n);
  substitute(whole, n, n, upper, "up");
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) result[rows[i]! * n + columns[j]!] = sign * whole[j * n + i]!;
  }
  return result;
}

const transposed = (x: Float64Array, n: number): Float64Array =>
  x.map((_, at) => x[(at % n) * n + Math.floor(at / n)]!);

/**
 * For a diagonal matrix D: each direction takes the place of one row of D, the last one that of row
 * i. What is left is a determinant of the rows taken, times the rest of the diagonal; its slope in
 * the element (i, j) of the last direction is a cofactor.
 */
function slopesOfDiagonal(
  diagonal: readonly number[],
  directions: readonly Float64Array[],
): Float64Array {
  const n = diagonal.length;
  const slopes = new Float64Array(n * n);
  const take = (taken: readonly number[]): void => {
    for (let i = 0; i < n; i++) {
      if (taken.includes(i)) continue;
      const all = [...taken, i];
      if (taken.length < directions.length) {
        take(all);
        continue;
      }
      const rest = diagonal.reduce((product, d, k) => (all.includes(k) ? product : product * d), 1);
      for (const [place, j] of all.entries()) {
        const columns = all.filter((column) => column !== j);
        const minor = determinant(
          taken.map((row, k) => columns.map((column) => directions[k]![row * n + column]!)),
        );
        slopes[i * n + j]! += (-1) ** (taken.length - place) * rest * minor;
      }
    }
  };
  take([]);
  return slopes;
}

/** By the first row: for as few rows as there are directions. */
function determinant([first, ...others]: readonly (readonly number[])[]): number {
  if (!first) return 1;
  return first.reduce((sum, element, j) => {
    const minor = determinant(others.map((row) => row.filter((_, column) => column !== j)));
    return sum + (-1) ** j * element * minor;
  }, 0);
}
