import { ValueError } from "../errors.js";
import { lanewise } from "../families/lanes.js";
import { checkSquare, forEachMatrix, showMatrix } from "../numerics/matrices.js";
import { primitive, type Tensor } from "../op.js";
import { type Shape, sizeOf } from "../shape.js";

/**
 * The lower triangular L with L·Lᵀ = A, of symmetric positive definite matrices: the part of A
 * above the diagonal is not read. The gradient is the symmetric one. Murray, "Differentiation of
 * the Cholesky decomposition", arXiv:1602.07527.
 */
export const cholesky = primitive<readonly [Tensor]>({
  name: "cholesky",
  family: "factorization",
  formula: { forward: "y·yᵀ = A", vjp: ["Ā = sym(y⁻ᵀ·Φ(yᵀ·ȳ)·y⁻¹)"] },
  shape: ([x]) => x!.shape,
  dtype: ([x]) => {
    checkSquare("cholesky", x!);
    return x!.dtype;
  },
  forward: (out, [x]) => {
    const n = x!.shape.at(-1)!;
    forEachMatrix([x!], ([matrix], at) => {
      const { root, failed } = rootOf(matrix!, n);
      if (failed !== undefined) {
        const problem = `${showMatrix(x!.shape, at)} is not positive definite`;
        throw new ValueError("cholesky", `${problem}: the leading minor of order ${failed} fails`, {
          shapes: [x!.shape],
          fix: "check that it is symmetric and of full rank, or add a little to the diagonal",
        });
      }
      out.data.set(root, at * n * n);
    });
  },
  vjp: [
    ({ g, y }) => {
      const inner = y
        .transpose()
        .matmul(g)
        .mul(y.constantLike(halfLower(y.shape)));
      const upper = y.transpose();
      const s = upper.solve(upper.solve(inner).transpose());
      return s.add(s.transpose()).mul(0.5);
    },
  ],
  batch: lanewise,
});

/** Column by column; `failed` is the order of the first leading minor that is not positive. */
function rootOf(a: Float64Array, n: number): { root: Float64Array; failed?: number } {
  const root = new Float64Array(n * n);
  const rest = (i: number, j: number) => {
    let value = a[i * n + j]!;
    for (let k = 0; k < j; k++) value -= root[i * n + k]! * root[j * n + k]!;
    return value;
  };
  for (let j = 0; j < n; j++) {
    const square = rest(j, j);
    if (!(square > 0)) return { root, failed: j + 1 };
    const diagonal = Math.sqrt(square);
    root[j * n + j] = diagonal;
    for (let i = j + 1; i < n; i++) root[i * n + j] = rest(i, j) / diagonal;
  }
  return { root };
}

/** Φ as a factor for every element: 1 below the diagonal, a half on it, 0 above. */
function halfLower(shape: Shape): number[] {
  const n = shape.at(-1)!;
  return Array.from({ length: sizeOf(shape) }, (_, at) => {
    const [row, column] = [Math.floor(at / n) % n, at % n];
    return row === column ? 0.5 : Number(row > column);
  });
}
