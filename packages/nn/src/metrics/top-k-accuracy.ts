import { type Operand, type Tensor, type TensorLike, ValueError } from "@neurite/autograd";
import { checkClasses, classAxis, readClassTarget } from "../class-targets.js";
import { checkCount } from "../options.js";

export interface TopKAccuracyOptions {
  /** How many classes are looked at; 5 by default. */
  readonly k?: number;
  /** The class number of rows that do not count; −100 by default, as in `crossEntropy`. */
  readonly ignoreIndex?: number;
}

/**
 * The share of rows whose class is among the k of the highest scores, as float64; of ties the first
 * counts. Scores are `[n, classes, ...]`, targets class numbers, int32 `[n, ...]`.
 */
export function topKAccuracy(
  scores: Operand,
  target: TensorLike,
  { k = 5, ignoreIndex = -100 }: TopKAccuracyOptions = {},
): Tensor {
  const s = scores.asTensor();
  const labels = readClassTarget(s, target);
  checkClasses("topKAccuracy", s, labels, { ignoreIndex });
  checkCount("topKAccuracy", "k", k);
  const axis = classAxis(s);
  const classes = s.shape[axis]!;
  if (k > classes) {
    throw new ValueError("topKAccuracy", `k is ${k} of ${classes} classes`, {
      fix: `give k an integer of at most ${classes}`,
    });
  }
  const best = s.topk(k, axis).indices;
  const counts = labels.ne(ignoreIndex);
  const isAmong = best.eq(labels.unsqueeze(axis)).any(axis).logicalAnd(counts);
  const right = isAmong.cast("float64").sum();
  return right.div(counts.cast("float64").sum()).as("top-k accuracy");
}
