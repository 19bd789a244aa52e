import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { checkNumber } from "../options.js";
import { readPair } from "../targets.js";
import { huberCosts } from "./huber.js";
import { type LossOptions, reduced } from "./reduction.js";

export interface SmoothL1Options extends LossOptions {
  /** The error below which the cost is quadratic; 1 by default, and 0 makes it `l1`. */
  readonly beta?: number;
}

/**
 * The absolute error with a round bottom: `d²/(2·beta)` below beta and `|d| − beta/2` above, which
 * is `huber` over beta. Girshick, "Fast R-CNN", ICCV 2015.
 */
export function smoothL1(
  prediction: Operand,
  target: TensorLike,
  { beta = 1, ...options }: SmoothL1Options = {},
): Tensor {
  const [y, t] = readPair("smoothL1", prediction, target);
  checkNumber("smoothL1", "beta", beta, { min: 0 });
  return reduced("smoothL1", "smooth absolute error", options, () => {
    const d = y.sub(t);
    return beta === 0 ? d.abs() : huberCosts(d, beta).div(beta);
  });
}
