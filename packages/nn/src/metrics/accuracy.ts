import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { type DecisionOptions, decide } from "./decisions.js";

/**
 * The share of rows that are put into their class, between 0 and 1, as float64. Scores are
 * `[n, classes, ...]`, logits or probabilities alike, with class numbers as targets, int32
 * `[n, ...]`; or one for each row, with targets 0 and 1 of the same shape.
 */
export function accuracy(
  scores: Operand,
  target: TensorLike,
  options: DecisionOptions = {},
): Tensor {
  const { decided, actual, counts } = decide("accuracy", scores, target, options);
  const right = decided.eq(actual).logicalAnd(counts).cast("float64").sum();
  return right.div(counts.cast("float64").sum()).as("accuracy");
}
