import { ShapeError } from "../errors.js";
import { lanewise } from "../families/lanes.js";
import { cofactorsOf } from "../numerics/cofactors.js";
import { checkSquare, forEachMatrix } from "../numerics/matrices.js";
import { primitive, type Tensor } from "../op.js";
import { sameShape, showShape } from "../shape.js";

/**
 * The matrix of cofactors, which is the gradient of the determinant; with directions H₁ … Hₖ its
 * k-th derivative along them. Determinants are polynomials, and so is all of this: no derivative
 * divides, and those of singular matrices are as good as any.
 */
export const cofactors = primitive<readonly Tensor[]>({
  name: "cofactors",
  family: "factorization",
  formula: {
    forward: "y = ∂ᵏ⁺¹ det A / ∂A ∂H₁ … ∂Hₖ",
    vjp: ["x̄ = the same, with ȳ as one more direction and without x"],
  },
  shape: ([x, ...directions]) => {
    const other = directions.find(({ shape }) => !sameShape(shape, x!.shape));
    if (!other) return x!.shape;
    const [given, expected] = [showShape(other.shape), showShape(x!.shape)];
    throw new ShapeError("cofactors", `a direction is ${given}, the matrices are ${expected}`, {
      shapes: [x!.shape, other.shape],
      fix: "a direction needs the shape of the matrices",
    });
  },
  dtype: ([x]) => {
    checkSquare("cofactors", x!);
    return x!.dtype;
  },
  forward: (out, x) => {
    const n = out.shape.at(-1)!;
    forEachMatrix(x, ([matrix, ...directions], at) => {
      out.data.set(cofactorsOf(matrix!, directions, n), at * n * n);
    });
  },
  // Derivatives may be taken in any order: a direction and the cotangent have equal rights.
  vjp: ({ g, x: [x, ...directions] }, slot) =>
    x!.cofactors(...directions.filter((_, i) => i !== slot - 1), g),
  batch: lanewise,
});
