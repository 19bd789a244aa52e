import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { checkValues, readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";

/**
 * The hinge loss of two classes, `max(0, 1 − t·s)`, for scores and targets −1 or 1 of one shape: 0
 * for whoever is on the right side by 1 or more; slope 0 at the kink. For more classes there is
 * `multiMargin`. Cortes and Vapnik, "Support-vector networks", 1995.
 */
export function hinge(scores: Operand, target: TensorLike, options: LossOptions = {}): Tensor {
  const [s, t] = readPair("hinge", scores, target);
  checkValues("hinge", t, "-1 or 1", (value) => value === -1 || value === 1, {
    fix: "every target must be -1 or 1; those that are 0 or 1 become so with .mul(2).sub(1)",
  });
  return reduced("hinge", "hinge loss", options, () => t.mul(s).neg().add(1).relu());
}
