import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { readPair } from "../targets.js";

/** The mean absolute error, `mean |y − t|`: in the unit of the targets. */
export function mae(prediction: Operand, target: TensorLike): Tensor {
  const [y, t] = readPair("mae", prediction, target);
  return y.sub(t).abs().mean().as("mean absolute error");
}
