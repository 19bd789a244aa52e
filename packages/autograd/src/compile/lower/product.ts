import type { Tensor } from "../../op.js";
import { type ContractAttrs, freeAxes } from "../../ops/contract.js";
import { sizeOf } from "../../shape.js";
import type { Buffer } from "../buffer.js";
import { productKernel } from "../kernels/product/product.js";
import type { Axis, Operand, Product } from "../kernels/product/shape.js";
import { bytesOf, type Layout } from "../layout.js";
import type { Target } from "./target.js";

/** A contraction of floats as one product of matrices for each step of its batch axes. */
export function lowerProduct(node: Tensor, target: Target): void {
  multiply(node, target.bufferOf(node), target);
}

/** A product that ends with a sum. */
export function lowerAddition(
  node: Tensor,
  { product, addend }: { readonly product: Tensor; readonly addend: Tensor },
  target: Target,
): void {
  multiply(product, target.bufferOf(node), target, target.operand(addend).buffer);
}

function multiply(node: Tensor, out: Buffer, target: Target, addend?: Buffer): void {
  const dtype = node.dtype as Product["dtype"];
  const attrs = node.attrs as ContractAttrs;
  const [a, b] = node.inputs.map((input) => target.operand(input));
  const [left, right] = [operandOf(a!.layout, 0, attrs), operandOf(b!.layout, 1, attrs)];
  const product: Product = { dtype, a: left, b: right, addend: addend !== undefined };
  const width = bytesOf(node);
  const inner = left.inner.reduce((size, { side }) => size * side, 1);
  target.tasks.push({
    kind: "kernel",
    title: addend ? "contract add" : "contract",
    reads: [a!.buffer, b!.buffer, ...(addend ? [addend] : [])],
    writes: [out],
    addresses: [
      { buffer: out, bytes: 0 },
      { buffer: a!.buffer, bytes: a!.layout.offset * width },
      { buffer: b!.buffer, bytes: b!.layout.offset * width },
      ...(addend ? [{ buffer: addend, bytes: 0 }] : []),
    ],
    ...(addend && ![a!.buffer, b!.buffer].includes(addend) && { alike: addend }),
    flops: 2 * inner * sizeOf(node.shape),
    key: JSON.stringify(product),
    generate: () => productKernel(product),
  });
}

function operandOf({ shape, strides }: Layout, side: 0 | 1, attrs: ContractAttrs): Operand {
  const pick = (axes: readonly number[]): Axis[] =>
    axes.map((axis) => ({ side: shape[axis]!, stride: strides[axis]! }));
  return {
    batch: pick(attrs.batch[side]),
    outer: pick(freeAxes(shape.length, side, attrs)),
    inner: pick(attrs.axes[side]),
  };
}
