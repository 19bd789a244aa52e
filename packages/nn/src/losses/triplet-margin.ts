import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { checkNumber } from "../options.js";
import { readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";

export interface TripletMarginOptions extends LossOptions {
  /** How much farther the negative has to be than the positive; 1 by default. */
  readonly margin?: number;
  /** The norm of the distances; 2 by default. */
  readonly p?: number;
  /** Added to each difference, so that no distance is 0; 1e-6 by default. */
  readonly eps?: number;
  /** Whether the negative is measured from the positive, where that is nearer; false by default. */
  readonly swap?: boolean;
}

/**
 * `max(0, ‖a − p‖ − ‖a − n‖ + margin)`: an anchor should be nearer to the positive than to the
 * negative, all `[..., features]` of one shape. Schroff et al., "FaceNet", CVPR 2015; `swap` after
 * Balntas et al., "Learning local feature descriptors with triplets", BMVC 2016.
 */
export function tripletMargin(
  anchor: Operand,
  positive: TensorLike,
  negative: TensorLike,
  { margin = 1, p = 2, eps = 1e-6, swap = false, ...options }: TripletMarginOptions = {},
): Tensor {
  const [a, near] = readPair("tripletMargin", anchor, positive);
  const [, far] = readPair("tripletMargin", anchor, negative);
  checkNumber("tripletMargin", "margin", margin, { min: 0 });
  checkNumber("tripletMargin", "p", p, { min: 1, max: Number.POSITIVE_INFINITY });
  checkNumber("tripletMargin", "eps", eps, { min: 0 });
  const distance = (x: Tensor, y: Tensor) => x.sub(y).add(eps).norm(-1, { p });
  return reduced("tripletMargin", "triplet loss", options, () => {
    const toFar = swap ? distance(a, far).minimum(distance(near, far)) : distance(a, far);
    return distance(a, near).sub(toFar).add(margin).relu();
  });
}
