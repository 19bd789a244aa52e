import { checkFunction } from "../arguments.js";
import { zeros } from "../creation.js";
import { checkAlike } from "../differentiate/alike.js";
import { untypedGrad } from "../differentiate/grad.js";
import { untypedVjp } from "../differentiate/vjp.js";
import type { Operand } from "../methods/operand.js";
import type { Tensor } from "../op.js";
import { tensor } from "../tensor.js";
import { leavesOf, mapTree, type Tree, type TreeOf, withLeaves } from "../tree.js";
import { vmap } from "./vmap.js";

/** For each leaf of the result what there is for each leaf of the argument. */
type Pairs<R, X> = TreeOf<R, TreeOf<X, Tensor>>;

/**
 * The function that computes all derivatives of `f` by its argument x: for every tensor of the
 * result and every one of x a tensor of shape `[...result.shape, ...x.shape]`. One pullback, run
 * for all elements of a result together.
 */
export const jacobian = <X extends Tree, R extends Tree>(f: (x: X) => R): ((x: X) => Pairs<R, X>) =>
  jacobianOf("jacobian", f);

/** `jacobian` of a function of any type; `op` calls it. */
function jacobianOf<X extends Tree, R extends Tree>(op: string, f: unknown) {
  checkFunction(op, f);
  return (x: X): Pairs<R, X> => {
    const [value, pull] = untypedVjp(op, f, [x]);
    const outputs = leavesOf(value).map((y) => y.asTensor());
    const blocks = outputs.map((output, at) => {
      const { shape, size } = output;
      const reshaped = (rows: Operand) => rows.reshape([...shape, ...rows.shape.slice(1)]);
      if (size === 0)
        return mapTree(x as unknown, (leaf) => zeros([...shape, ...leaf.shape], leaf));
      const row = (basis: Tensor): Tensor[] => {
        const g = outputs.map((y, i) => (i === at ? basis : y.constantLike(0)));
        return leavesOf(pull(g)).map((x) => x.asTensor());
      };
      return withLeaves(x, vmap(row)(unitVectors(output)).map(reshaped));
    });
    return withLeaves(value, blocks) as Pairs<R, X>;
  };
}

/**
 * The function that computes the second derivatives of a scalar function: for every two tensors a,
 * b of its argument one of shape `[...a.shape, ...b.shape]`. Of a single tensor: the matrix.
 */
export const hessian = <X extends Tree>(f: (x: X) => Operand): ((x: X) => Pairs<X, X>) =>
  jacobianOf("hessian", untypedGrad("hessian", f));

/**
 * The product of the Hessian of a scalar function at x with `vector`, nested like x: one more
 * pullback, and no matrix.
 */
export function hvp<X extends Tree>(
  f: (x: X) => Operand,
  x: X,
  vector: NoInfer<TreeOf<X, Tensor>>,
): TreeOf<X, Tensor>;
export function hvp(f: unknown, x: unknown, vector: unknown): unknown {
  const gradient = untypedGrad("hvp", f);
  const v = leavesOf(vector, "hvp").map((part) => part.asTensor());
  const points = leavesOf(x, "hvp").map((part) => part.asTensor());
  checkAlike("hvp", ["vector", "argument"], v, points);
  const along = (x: unknown): Operand =>
    leavesOf(gradient(x))
      .map((part, i) => part.mul(v[i]!).sum())
      .reduce((a, b) => a.add(b));
  return untypedGrad("hvp", along)(x);
}

/** All unit vectors of the shape, along a new axis 0. */
function unitVectors({ size, shape, dtype }: Tensor): Tensor {
  const places = tensor(Int32Array.from({ length: size }, (_, i) => i));
  return places.oneHot(size, { dtype }).reshape([size, ...shape]);
}
