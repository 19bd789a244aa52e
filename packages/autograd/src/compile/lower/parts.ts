import type { Tensor } from "../../op.js";
import type { PadAttrs } from "../../ops/pad.js";
import { sizeOf, stridesOf } from "../../shape.js";
import { fillNest } from "./copy.js";
import type { Target } from "./target.js";

/** One copy for each input, into its part of the result. */
export function lowerConcat(node: Tensor, target: Target): void {
  const { axis } = node.attrs as { readonly axis: number };
  const strides = stridesOf(node.shape);
  const out = target.bufferOf(node);
  let start = 0;
  for (const input of node.inputs) {
    const offset = start * strides[axis]!;
    target.copy(target.operand(input), out, { shape: input.shape, strides, offset });
    start += input.shape[axis]!;
  }
}

/** Fills the result, and copies the input into its middle. */
export function lowerPad(node: Tensor, target: Target): void {
  const { before, gaps, value } = node.attrs as PadAttrs;
  const [x] = node.inputs;
  const out = target.bufferOf(node);
  const strides = stridesOf(node.shape);
  if (sizeOf(x!.shape) < sizeOf(node.shape)) target.nest(fillNest(out, value), "fill");
  target.copy(target.operand(x!), out, {
    shape: x!.shape,
    strides: strides.map((stride, axis) => stride * (gaps[axis]! + 1)),
    offset: before.reduce((at, count, axis) => at + count * strides[axis]!, 0),
  });
}
