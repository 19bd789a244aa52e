import { checkFunction } from "../arguments.js";
import type { Tensor } from "../op.js";
import { isRecording, withRecording } from "../recording.js";
import { leavesOf, mapTree, type Tree, type TreeOf, withLeaves } from "../tree.js";
import { checkAlike } from "./alike.js";
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
  const pair: unknown = untypedVjp("vjp", f, inputs);
  return pair as VjpOf<A, R>;
}

/** `vjp` for functions whose types, trees of any depth, are beyond the compiler; `op` calls it. */
export function untypedVjp(
  op: string,
  f: unknown,
  inputs: readonly unknown[],
): [value: unknown, pull: (cotangents: unknown) => readonly unknown[]] {
  checkFunction(op, f);
  const [own, result] = withRecording(true, () => {
    const own = inputs.map((input) => mapTree(input, (leaf) => leaf.alias(), op));
    const value: unknown = (f as (...x: readonly unknown[]) => unknown)(...own);
    return [own, mapTree(value, (leaf) => leaf.asTensor(), op)];
  });
  const outputs = leavesOf(result) as Tensor[];
  const wrt = leavesOf(own) as Tensor[];
  const pull = (cotangents: unknown) => {
    const given = leavesOf(cotangents, op).map((cotangent) => cotangent.asTensor());
    checkAlike(op, ["cotangent", "result"], given, outputs);
    return withLeaves(own, cotangentsAt(outputs, given, wrt, op)) as readonly unknown[];
  };
  const value = isRecording() ? result : mapTree(result, (leaf) => leaf.stopGradient());
  return [value, pull];
}
