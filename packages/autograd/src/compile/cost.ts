import type { Nest } from "./fuse/nest.js";
import type { Expression } from "./lanes/expression.js";
import type { KernelTask } from "./program.js";

/**
 * About how many nanoseconds a kernel takes on one thread: what arithmetic or memory takes, if the
 * other is free. Rates are those of kernels measured on 128-bit vectors at 4 GHz.
 */
export function nanosecondsOf({ flops, nest, reads, writes }: KernelTask): number {
  const lanes = writes[0]?.spec.dtype === "float64" ? 2 : 4;
  const arithmetic = nest ? instructionsOf(nest) / INSTRUCTIONS : flops / (FLOPS_OF_A_LANE * lanes);
  const buffers = new Set([...reads, ...writes]);
  const bytes = [...buffers].reduce((sum, buffer) => sum + buffer.bytes, 0);
  return Math.max(arithmetic, bytes / BYTES);
}

/** In a nanosecond: of a product of matrices, of other kernels, and from or to memory. */
const FLOPS_OF_A_LANE = 13;
const INSTRUCTIONS = 8;
const BYTES = 30;

/** How many vector instructions a nest takes. */
function instructionsOf({ sides, lanes, stages }: Nest): number {
  const seen = new Set<Expression>();
  const visit = (x: Expression): void => {
    if (seen.has(x)) return;
    seen.add(x);
    for (const input of x.inputs) visit(input);
  };
  for (const { folds, stores, rowStores } of stages) {
    for (const { of } of folds) visit(of);
    for (const { value } of [...stores, ...rowStores]) visit(value);
  }
  const elements = sides.reduce((size, side) => size * side, 1);
  return (seen.size * elements) / lanes;
}
