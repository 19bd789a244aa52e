import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { type AverageOptions, averaged, type Rate } from "./averages.js";

/**
 * The harmonic mean of the precision and the recall of a class; 0 if it has no rows and none is put
 * there. Scores and targets are as for `accuracy`. Van Rijsbergen, "Information Retrieval", 1979.
 */
export const f1 = (scores: Operand, target: TensorLike, options: AverageOptions = {}): Tensor =>
  averaged("f1", scores, target, options, harmonicMean).as("F1 score");

const harmonicMean: Rate = ({ both, decided, actual }) => [both.mul(2), decided.add(actual)];
