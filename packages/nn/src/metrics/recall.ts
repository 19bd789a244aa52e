import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { type AverageOptions, averaged } from "./averages.js";

/**
 * Of the rows of a class, the share that are put there; 0 if it has none. Scores and targets are as
 * for `accuracy`.
 */
export const recall = (scores: Operand, target: TensorLike, options: AverageOptions = {}): Tensor =>
  averaged("recall", scores, target, options, ({ both, actual }) => [both, actual]).as("recall");
