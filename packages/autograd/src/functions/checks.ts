import { isFloat } from "../dtype.js";
import { DTypeError } from "../errors.js";
import type { Spec } from "../op.js";
import { type Axes, normalizeAxes, sizeOf } from "../shape.js";

/** How many elements are folded into one over the axes. */
export const countOver = (op: string, x: Spec, axes: Axes | undefined): number =>
  sizeOf(normalizeAxes(op, axes, x.shape.length).map((axis) => x.shape[axis]!));

/** Refuses integers and bools, which a mean or a root would leave. */
export function requireFloat(op: string, x: Spec): void {
  if (isFloat(x.dtype)) return;
  throw new DTypeError(op, `expected float32 or float64, got ${x.dtype}`, {
    shapes: [x.shape],
    fix: 'convert with .cast("float32")',
  });
}
