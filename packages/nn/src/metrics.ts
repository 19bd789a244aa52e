import { asTensor, type Operand, type Tensor, type TensorLike } from "@neurite/autograd";
import { mse } from "./losses.js";
import { checkAlike, checkClasses } from "./targets.js";

/**
 * The share of rows whose highest score is that of the target class, between 0 and 1. Scores are
 * `[n, classes]`, logits or probabilities alike, targets class numbers, int32 `[n]`.
 */
export function accuracy(scores: Operand, target: TensorLike): Tensor {
  const s = scores.asTensor();
  const classes = asTensor(target, "int32");
  checkClasses("accuracy", s, classes);
  return s.argmax(-1).eq(classes).cast("float32").mean().as("accuracy");
}

/** The root of the mean squared error: in the unit of the targets. */
export const rmse = (prediction: Operand, target: TensorLike): Tensor =>
  mse(prediction, target).sqrt().as("root mean squared error");

/** The mean absolute error, `mean |y − t|`: in the unit of the targets. */
export function mae(prediction: Operand, target: TensorLike): Tensor {
  const y = prediction.asTensor();
  const t = asTensor(target, y.dtype);
  checkAlike("mae", y, t);
  return y.sub(t).abs().mean().as("mean absolute error");
}
