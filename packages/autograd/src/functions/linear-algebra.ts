import { checkDTypes } from "../dtype.js";
import { ShapeError } from "../errors.js";
import { checkSquare } from "../numerics/matrices.js";
import type { Tensor } from "../op.js";
import { broadcastShapes, sameShape, showShape } from "../shape.js";

export function outer(a: Tensor, b: Tensor): Tensor {
  checkDTypes("outer", [a, b]);
  if (a.rank === 1 && b.rank === 1) return a.contract(b, { axes: [[], []] });
  const [left, right] = [showShape(a.shape), showShape(b.shape)];
  throw new ShapeError("outer", `expected two vectors, got ${left} and ${right}`, {
    shapes: [a.shape, b.shape],
    fix: "use einsum for other products, or flatten with reshape([-1])",
  });
}

export function inverse(a: Tensor): Tensor {
  checkSquare("inv", a);
  const n = a.shape.at(-1)!;
  const identity = Array.from({ length: n * n }, (_, at) => Number(at % (n + 1) === 0));
  // Of full rank: to a batch of n matrices, n rows alone would be as many vectors.
  return a.solve(a.constantLike(identity, { shape: [n, n] }).broadcastTo(a.shape));
}

/** Both sides of A·x = b with the same leading axes, b as matrices. */
export function readSolve(a: Tensor, b: Tensor) {
  checkSquare("solve", a);
  checkDTypes("solve", [a, b]);
  const shapes = [a.shape, b.shape] as const;
  const isVector = b.rank === 1 || sameShape(b.shape, a.shape.slice(0, -1));
  const right = isVector ? b.unsqueeze(-1) : b;
  const [rows, given] = [a.shape.at(-1), right.shape.at(-2)];
  if (rows !== given) {
    const [left, other] = shapes.map(showShape);
    const clash = `A has ${rows} rows, b ${given ?? "none"}`;
    throw new ShapeError("solve", `shapes ${left} and ${other} make no system: ${clash}`, {
      shapes,
      fix: `b must be [${rows}] or [..., ${rows}, k]`,
    });
  }
  const batch = broadcastShapes("solve", a.shape.slice(0, -2), right.shape.slice(0, -2), {
    shapes,
    fix: "the axes before the last two must be equal, or 1 on either side",
  });
  return {
    a: a.broadcastTo([...batch, ...a.shape.slice(-2)]),
    right: right.broadcastTo([...batch, ...right.shape.slice(-2)]),
    isVector,
  };
}
