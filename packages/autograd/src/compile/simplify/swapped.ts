import { type ContractAttrs, contract, freeAxes } from "../../ops/contract.js";
import { Tensor } from "../../tensor.js";

/**
 * (A·B)ᵀ as Bᵀ·Aᵀ, which needs no transpose: gradients of weights come out in the order of the
 * weights. The same products are summed in the same order.
 */
export function swapped(node: Tensor, border: ReadonlySet<Tensor>): Tensor | null {
  const [product] = node.inputs;
  if (node.op.name !== "transpose" || product!.op !== contract || border.has(product!)) return null;
  const { axes, batch } = product!.attrs as ContractAttrs;
  const [a, b] = product!.inputs as readonly [Tensor, Tensor];
  const batches = batch[0].length;
  const rows = freeAxes(a.shape.length, 0, { axes, batch }).length;
  const { order } = node.attrs as { readonly order: readonly number[] };
  const columns = order.length - batches - rows;
  const turned = order.map((_, i) => {
    if (i < batches) return i;
    return i < batches + columns ? i + rows : i - columns;
  });
  if (order.some((axis, i) => axis !== turned[i])) return null;
  const attrs: ContractAttrs = { axes: [axes[1], axes[0]], batch: [batch[1], batch[0]] };
  return new Tensor(contract, b, a, [], attrs, node.spec, product!.scope, undefined);
}
