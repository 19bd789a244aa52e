import { type Key, normal, type Tensor, tensor } from "@neurite/autograd";

/**
 * A random matrix with orthonormal rows, or columns if there are fewer, as float64: uniform over
 * all such matrices, because that is what the Q of QR is for a normal matrix, if the diagonal of R
 * is positive. Mezzadri, "How to generate random matrices from the classical compact groups", 2007.
 */
export function orthonormal(key: Key, rows: number, columns: number): Tensor {
  const [long, short] = rows < columns ? [columns, rows] : [rows, columns];
  const drawn = normal(key, [long, short], { dtype: "float64" }).toTypedArray();
  const q = tensor(basisOf(drawn as Float64Array, long, short), { shape: [long, short] });
  return rows < columns ? q.transpose() : q;
}

/**
 * The Q of A = QR where the diagonal of R is positive, of a matrix in row-major order with at least
 * as many rows as columns. By Householder's reflections, orthonormal to rounding: Golub and Van
 * Loan, "Matrix Computations", 5.2.
 */
function basisOf(a: Float64Array, rows: number, columns: number): Float64Array {
  const signs = new Float64Array(columns);
  const normals = Array.from({ length: columns }, (_, j) => {
    const { normal, sign } = reflectionOf(a, rows, columns, j);
    signs[j] = sign;
    reflect(a, columns, normal, j);
    return normal;
  });
  // Q is the product of the reflections, applied to the first columns of the identity.
  const q = new Float64Array(rows * columns);
  for (let j = 0; j < columns; j++) q[j * columns + j] = signs[j]!;
  for (let j = columns - 1; j >= 0; j--) reflect(q, columns, normals[j]!, j);
  return q;
}

/**
 * The unit normal of the mirror that sends column j, from row j on, to a multiple of the first unit
 * vector; and the sign of that multiple, opposite to the first element, so that nothing cancels.
 */
function reflectionOf(a: Float64Array, rows: number, columns: number, j: number) {
  const normal = Float64Array.from({ length: rows - j }, (_, i) => a[(j + i) * columns + j]!);
  const sign = normal[0]! > 0 ? -1 : 1;
  normal[0]! -= sign * lengthOf(normal);
  const length = lengthOf(normal);
  if (length > 0) for (let i = 0; i < normal.length; i++) normal[i]! /= length;
  return { normal, sign };
}

const lengthOf = (x: Float64Array): number => Math.sqrt(x.reduce((sum, e) => sum + e * e, 0));

/** Replaces what columns have from row `first` on, x, by `x − 2·n·(n·x)`, from that column on. */
function reflect(a: Float64Array, columns: number, normal: Float64Array, first: number): void {
  const products = new Float64Array(columns);
  for (let i = 0; i < normal.length; i++) {
    const row = (first + i) * columns;
    for (let c = first; c < columns; c++) products[c]! += normal[i]! * a[row + c]!;
  }
  for (let i = 0; i < normal.length; i++) {
    const row = (first + i) * columns;
    const twice = 2 * normal[i]!;
    for (let c = first; c < columns; c++) a[row + c]! -= twice * products[c]!;
  }
}
