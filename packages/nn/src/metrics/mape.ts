import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { readPair } from "../targets.js";

/**
 * The mean absolute error as a share of the targets, `mean |y − t|/|t|`; 0.1 is 10 %. Targets of 0
 * count as 2⁻⁵², as in scikit-learn, so that a single one shows.
 */
export function mape(prediction: Operand, target: TensorLike): Tensor {
  const [y, t] = readPair("mape", prediction, target);
  const shares = y.sub(t).abs().div(t.abs().maximum(Number.EPSILON));
  return shares.mean().as("mean absolute percentage error");
}
