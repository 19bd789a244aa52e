import { ShapeError } from "../errors.js";
import type { Tensor } from "../op.js";
import { withRecording } from "../recording.js";
import { sameShape, showShape } from "../shape.js";
import { leavesOf, mapTree, type Tree, type TreeOf } from "../tree.js";
import { cotangentsAt } from "./grad.js";

type VjpOf<A, R> = [
  value: TreeOf<R, Tensor>,
  pull: (cotangents: TreeOf<R, Tensor>) => TreeOf<A, Tensor>,
];

/**
 * The value of `f` and its vector-Jacobian product: a function from the cotangents of the result to
 * those of the inputs. Inputs, results and cotangents may be nested arrays and objects of tensors.
 */
export function vjp<A extends readonly Tree[], R extends Tree>(
  f: (...inputs: A) => R,
  ...inputs: A
): VjpOf<A, R> {
  const [own, result] = withRecording(true, () => {
    const own = mapTree(inputs as unknown, (leaf) => leaf.alias());
    return [own, mapTree(f(...(own as A)) as unknown, (leaf) => leaf.asTensor())];
  });
  const outputs = leavesOf(result) as Tensor[];
  const wrt = leavesOf(own) as Tensor[];
  const pull = (cotangents: unknown): unknown => {
    const given = leavesOf(cotangents).map((cotangent) => cotangent.asTensor());
    checkCotangents(outputs, given);
    const total = cotangentsAt(outputs, given, wrt);
    let next = 0;
    return mapTree(own, () => total[next++]!);
  };
  return [result, pull] as unknown as VjpOf<A, R>;
}

function checkCotangents(outputs: readonly Tensor[], given: readonly Tensor[]): void {
  if (outputs.length !== given.length) {
    throw new ShapeError("vjp", `${given.length} cotangents for ${outputs.length} results`, {
      fix: "give one cotangent for each result, nested in the same way",
    });
  }
  for (const [i, { shape, dtype }] of outputs.entries()) {
    const g = given[i]!;
    if (sameShape(shape, g.shape) && dtype === g.dtype) continue;
    const [expected, got] = [`${dtype} ${showShape(shape)}`, `${g.dtype} ${showShape(g.shape)}`];
    throw new ShapeError("vjp", `cotangent ${i} is ${got}, its result is ${expected}`, {
      shapes: [g.shape, shape],
      fix: `give a cotangent of ${expected}`,
    });
  }
}
