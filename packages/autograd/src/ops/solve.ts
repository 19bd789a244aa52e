import { checkDTypes } from "../dtype.js";
import { ValueError } from "../errors.js";
import { lanewise } from "../families/lanes.js";
import { factorize, substitute } from "../numerics/lu.js";
import { checkSquare, forEachMatrix, showMatrix } from "../numerics/matrices.js";
import { primitive, type Tensor } from "../op.js";

/**
 * The X of A·X = B, by elimination with partial pivoting. Both have the same leading axes, which
 * are a batch.
 */
export const solve = primitive<readonly [Tensor, Tensor]>({
  name: "solve",
  family: "factorization",
  formula: { forward: "y = A⁻¹·b", vjp: ["Ā = −b̄·yᵀ", "b̄ = A⁻ᵀ·ȳ"] },
  shape: ([, b]) => b!.shape,
  dtype: ([a, b]) => {
    checkSquare("solve", a!);
    checkDTypes("solve", [a!, b!]);
    return a!.dtype;
  },
  forward: (out, [a, b]) => {
    const [n, width] = b!.shape.slice(-2) as [number, number];
    forEachMatrix([a!, b!], ([matrix, right], at) => {
      const { lu, rows } = factorize(matrix!, n);
      const singular = rows.findIndex((_, k) => lu[k * n + k] === 0);
      if (singular >= 0) {
        const problem = `${showMatrix(a!.shape, at)} is singular: the pivot of column ${singular}`;
        throw new ValueError("solve", `${problem} is 0`, {
          shapes: [a!.shape, b!.shape],
          fix: "its columns up to there depend on each other: remove one, or add to the diagonal",
        });
      }
      const x = right!.map((_, i) => right![rows[Math.floor(i / width)]! * width + (i % width)]!);
      substitute(x, n, width, (i, k) => (i === k ? 1 : lu[i * n + k]!), "down");
      substitute(x, n, width, (i, k) => lu[i * n + k]!, "up");
      out.data.set(x, at * n * width);
    });
  },
  vjp: [
    ({ g, x: [a], y }) => a.transpose().solve(g).matmul(y.transpose()).neg(),
    ({ g, x: [a] }) => a.transpose().solve(g),
  ],
  batch: lanewise,
});
