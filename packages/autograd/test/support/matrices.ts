import { at, build, exactSum, indicesOf, type Plain } from "./plain.js";

/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[];

/** The matrices along the last two axes, and the shape of the axes before. */
function matricesOf(x: Plain): { batch: readonly number[]; matrices: Matrix[] } {
  const batch = x.shape.slice(0, -2);
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const range = (length: number) => Array.from({ length }, (_, i) => i);
  const matrices = indicesOf(batch).map((index) =>
    range(rows).map((i) => range(columns).map((j) => at(x, [...index, i, j]))),
  );
  return { batch, matrices };
}

/** Matrices as a function of matrices, one for each place of a batch; shaped like the last ones. */
export const mapMatrices =
  (f: (...x: Matrix[]) => Matrix) =>
  (...x: Plain[]): Plain => {
    const read = x.map(matricesOf);
    const results = read[0]!.matrices.map((_, i) => f(...read.map(({ matrices }) => matrices[i]!)));
    return { shape: x.at(-1)!.shape, data: results.flatMap((matrix) => matrix.flat()) };
  };

/** The numbers made by a function of a matrix, one for each place of a batch. */
export const foldMatrices =
  (f: (x: Matrix) => number) =>
  (x: Plain): Plain => {
    const { batch, matrices } = matricesOf(x);
    return { shape: batch, data: matrices.map(f) };
  };

/** Leibniz: the sum over all permutations, which no elimination can get wrong. */
export function determinant(matrix: Matrix): number {
  return exactSum(
    permutations(matrix.length).map(({ order, sign }) =>
      order.reduce((product, column, row) => product * matrix[row]![column]!, sign),
    ),
  );
}

function permutations(n: number): { order: number[]; sign: number }[] {
  if (n === 0) return [{ order: [], sign: 1 }];
  return permutations(n - 1).flatMap(({ order, sign }) =>
    Array.from({ length: n }, (_, at) => ({
      order: order.toSpliced(at, 0, n - 1),
      sign: (n - 1 - at) % 2 === 0 ? sign : -sign,
    })),
  );
}

/** The determinants of what is left without a row and a column, with their signs. */
export const cofactorsOf = (matrix: Matrix): Matrix =>
  matrix.map((row, i) =>
    row.map((_, j) => {
      const minor = matrix.toSpliced(i, 1).map((other) => other.toSpliced(j, 1));
      return (i + j) % 2 === 0 ? determinant(minor) : -determinant(minor);
    }),
  );

/** Cramer: column j of A replaced by the right-hand side, over the determinant. */
export function cramer(a: Matrix, b: Matrix): Matrix {
  const whole = determinant(a);
  return b.map((row, i) =>
    row.map((_, k) => determinant(a.map((r, m) => r.with(i, b[m]![k]!))) / whole),
  );
}

export const identity = (n: number): Matrix =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(i === j)));

/** Every index once more for a vector: its column as a matrix, and back. */
export const asColumn = ({ shape, data }: Plain): Plain => ({ shape: [...shape, 1], data });
export const fromColumn = ({ shape, data }: Plain): Plain => ({ shape: shape.slice(0, -1), data });

/** Repeats a batch of matrices along leading axes. */
export const repeated = (x: Plain, batch: readonly number[]): Plain =>
  build([...batch, ...x.shape.slice(-2)], (index) => at(x, index));
