import type { Tensor, TensorLike } from "@neurite/autograd";
import { classAxis } from "../class-targets.js";
import type { LossOptions } from "./reduction.js";

export interface ClassOptions extends LossOptions {
  /** A factor for each class, `[classes]`, as for classes that are rare. */
  readonly weight?: TensorLike;
  /** The class number of rows that do not count; −100 by default. */
  readonly ignoreIndex?: number;
}

interface ClassCosts {
  /** `−log p` of the target class, times its weight; 0 where it is ignored. */
  readonly costs: Tensor;
  /** Of the target classes; 0 where it is ignored. */
  readonly weights: Tensor;
  /** Which rows count. */
  readonly counts: Tensor;
}

/** What the target classes cost, given the logarithms of all classes' probabilities. */
export function classCosts(
  logs: Tensor,
  target: Tensor,
  ignoreIndex: number,
  weight: Tensor | undefined,
): ClassCosts {
  const axis = classAxis(logs);
  const counts = target.ne(ignoreIndex);
  const classes = counts.where(target, 0);
  const losses = logs.gather(classes.unsqueeze(axis), axis).squeeze(axis).neg();
  if (!weight) {
    return { costs: counts.where(losses, 0), weights: counts.cast(logs.dtype), counts };
  }
  const weights = weight.gather(classes.reshape([-1]), 0).reshape(classes.shape);
  return {
    costs: counts.where(losses.mul(weights), 0),
    weights: counts.where(weights, 0),
    counts,
  };
}
