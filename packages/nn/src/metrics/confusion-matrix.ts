import { type Operand, type Tensor, type TensorLike, zeros } from "@neurite/autograd";
import { type DecisionOptions, type Decisions, decide } from "./decisions.js";

/**
 * How many rows of each class are put into which: `[classes, classes]`, int32, a row for each class
 * and a column for each decision. Scores and targets are as for `accuracy`.
 */
export const confusionMatrix = (
  scores: Operand,
  target: TensorLike,
  options: DecisionOptions = {},
): Tensor => confusions(decide("confusionMatrix", scores, target, options)).as("confusion matrix");

export function confusions({ decided, actual, counts, classes }: Decisions): Tensor {
  const cells = counts.where(actual, 0).mul(classes).add(decided).reshape([-1]);
  const none = zeros([classes * classes], { dtype: "int32" });
  const rows = counts.cast("int32").reshape([-1]);
  return none.scatterAdd(cells, rows, 0).reshape([classes, classes]);
}
