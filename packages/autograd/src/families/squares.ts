import type { Tensor } from "../op.js";

/**
 * 1 − x² without cancellation near ±1. At ±1 itself it is a difference again: the derivative of the
 * product would be 0·∞ there.
 */
export const oneMinusSquare = (x: Tensor): Tensor =>
  x
    .abs()
    .eq(1)
    .where(x.square().neg().add(1), x.neg().add(1).mul(x.add(1)));
