import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";

/**
 * The squared error, `(y − t)²`, of predictions and targets of one shape. The shapes do not
 * broadcast: that would compare every prediction with every target.
 */
export function mse(prediction: Operand, target: TensorLike, options: LossOptions = {}): Tensor {
  const [y, t] = readPair("mse", prediction, target);
  return reduced("mse", "squared error", options, () => y.sub(t).square());
}
