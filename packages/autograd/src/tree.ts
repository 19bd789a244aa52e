import { kindOf } from "./arguments.js";
import { ValueError } from "./errors.js";
import { Operand } from "./methods/operand.js";

/**
 * Tensors in nested plain arrays and objects, as arguments and results of transformed functions.
 */
export type Tree = Operand | null | undefined | readonly Tree[] | { readonly [name: string]: Tree };

/** The same nesting with other leaves. */
export type TreeOf<T, L> = [readonly T[]] extends [T] ? AnyTree<L> : NestingOf<T, L>;

type NestingOf<T, L> = T extends Operand
  ? L
  : T extends null | undefined
    ? T
    : { readonly [K in keyof T]: TreeOf<T[K], L> };

// Where the nesting is not known, as that of `Tree` itself: unfolding it has no end.
type AnyTree<L> =
  | L
  | null
  | undefined
  | readonly AnyTree<L>[]
  | { readonly [name: string]: AnyTree<L> };

/** Replaces every leaf; objects keep the order of their fields. `op` is whose tree it is. */
export function mapTree<T, L>(
  tree: T,
  leaf: (operand: Operand, path: string) => L,
  op = "mapTree",
): TreeOf<T, L> {
  const visit = (node: unknown, path: string): unknown => {
    if (node === null || node === undefined) return node;
    if (node instanceof Operand) return leaf(node, path);
    if (Array.isArray(node)) return node.map((child, i) => visit(child, `${path}[${i}]`));
    if (Object.getPrototypeOf(node) === Object.prototype) {
      const fields = Object.entries(node as object);
      return Object.fromEntries(
        fields.map(([name, child]) => [name, visit(child, `${path}.${name}`)]),
      );
    }
    throw new ValueError(
      op,
      `${path || "an argument or result"} is ${kindOf(node)}, not a tensor`,
      {
        fix: "pass tensors, as in tensor(3), or plain arrays and objects of tensors",
      },
    );
  };
  return visit(tree, "") as TreeOf<T, L>;
}

/** The leaves in order. */
export function leavesOf(tree: unknown, op?: string): Operand[] {
  const leaves: Operand[] = [];
  mapTree(tree, (leaf) => void leaves.push(leaf), op);
  return leaves;
}

/** The same nesting with these leaves, in order; its type is for the caller to say. */
export function withLeaves(tree: unknown, leaves: readonly unknown[]): unknown {
  let next = 0;
  return mapTree(tree, () => leaves[next++]);
}
