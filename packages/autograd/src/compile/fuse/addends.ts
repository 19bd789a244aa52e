import { isFloat } from "../../dtype.js";
import type { Tensor } from "../../op.js";
import { add } from "../../ops/add.js";
import { contract } from "../../ops/contract.js";
import { sizeOf } from "../../shape.js";
import type { Piece } from "../../trace/graph.js";
import { isDense } from "../layout.js";
import type { Sources } from "./sources.js";

/** A sum that a product of matrices ends with: addend + A·B. */
export interface Addition {
  readonly product: Tensor;
  readonly addend: Tensor;
}

/**
 * The sums of a product that nobody else reads and something as dense as it: a gradient of weights
 * that is added up over the steps of a loop, or the two products of a recurrent layer.
 */
export function additionsOf(
  { body, outputs }: Pick<Piece, "body" | "outputs">,
  sources: Sources,
): Map<Tensor, Addition> {
  const uses = new Map<Tensor, number>();
  const use = (node: Tensor) => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const node of body) for (const input of node.inputs) use(input);
  for (const node of outputs) use(node);
  const own = new Set(body);
  const isFree = (node: Tensor) =>
    node.op === contract && own.has(node) && uses.get(node) === 1 && sizeOf(node.shape) > 0;
  const isWhole = (node: Tensor) => {
    const { base, layout } = sources.of(node);
    return isDense(layout, sizeOf(base.shape));
  };
  const found = new Map<Tensor, Addition>();
  for (const node of body) {
    if (node.op !== add || !isFloat(node.dtype)) continue;
    const [a, b] = node.inputs as readonly [Tensor, Tensor];
    const [product, addend] = isFree(b) && isWhole(a) ? [b, a] : [a, b];
    if (!isFree(product) || !isWhole(addend)) continue;
    found.set(node, { product, addend });
  }
  return found;
}
