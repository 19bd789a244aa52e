import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { classAxis } from "../class-targets.js";
import { checkValues } from "../targets.js";
import { readLabels } from "./labels.js";

export interface DecisionOptions {
  /**
   * The score above which a row is class 1, where there is one score for each; 0.5 by default,
   * which is for probabilities. For logits it is 0.
   */
  readonly threshold?: number;
  /** The class number of rows that do not count; −100 by default, as in `crossEntropy`. */
  readonly ignoreIndex?: number;
}

export interface Decisions {
  /** Class numbers, int32. */
  readonly decided: Tensor;
  readonly actual: Tensor;
  /** Which rows count. */
  readonly counts: Tensor;
  readonly classes: number;
  readonly isBinary: boolean;
}

/** Decides for the class of the highest score (the first of ties), or by the threshold. */
export function decide(
  op: string,
  given: Operand,
  target: TensorLike,
  { threshold, ignoreIndex = -100 }: DecisionOptions,
): Decisions {
  const { scores, labels, isBinary } = readLabels(op, given, target, { ignoreIndex });
  const counts = labels.ne(ignoreIndex);
  if (!isBinary) {
    const axis = classAxis(scores);
    const classes = scores.shape[axis]!;
    return { decided: scores.argmax(axis), actual: labels, counts, classes, isBinary };
  }
  if (threshold === undefined) {
    checkValues(op, scores, "in [0, 1]", (value) => value >= 0 && value <= 1, {
      what: "score",
      fix: "for logits give { threshold: 0 }, as in (y, t) => accuracy(y, t, { threshold: 0 })",
    });
  }
  const decided = scores.gt(threshold ?? 0.5).cast("int32");
  return { decided, actual: labels, counts, classes: 2, isBinary };
}
