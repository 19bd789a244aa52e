import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { readPair } from "../targets.js";

/** The root of the mean squared error: in the unit of the targets. */
export function rmse(prediction: Operand, target: TensorLike): Tensor {
  const [y, t] = readPair("rmse", prediction, target);
  return y.sub(t).square().mean().sqrt().as("root mean squared error");
}
