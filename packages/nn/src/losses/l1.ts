import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";

/** The absolute error, `|y − t|`, of predictions and targets of one shape; slope 0 at 0. */
export function l1(prediction: Operand, target: TensorLike, options: LossOptions = {}): Tensor {
  const [y, t] = readPair("l1", prediction, target);
  return reduced("l1", "absolute error", options, () => y.sub(t).abs());
}
