import { type Operand, scope, type Tensor, type TensorLike } from "@neurite/autograd";
import {
  checkClasses,
  checkScores,
  checkSums,
  classAxis,
  readClassTarget,
} from "../class-targets.js";
import { checkNumber } from "../options.js";
import { checkAlike, checkValues } from "../targets.js";
import { type ClassOptions, classCosts } from "./class-costs.js";
import { reduce } from "./reduction.js";
import { readClassWeights } from "./weights.js";

export interface CrossEntropyOptions extends ClassOptions {
  /**
   * The share of each target that is spread evenly over all classes, in [0, 1]; 0 by default.
   * Szegedy et al., "Rethinking the Inception architecture", CVPR 2016.
   */
  readonly labelSmoothing?: number;
}

/**
 * The cross-entropy, `−log softmax(logits)` at the target class, for logits `[n, classes]`,
 * `[n, classes, ...dims]`, or `[classes]` for one sample. Targets are class numbers, int32
 * `[n, ...dims]`, or probabilities of the logits' shape that sum to 1, which weight the classes. An
 * array of numbers stands for classes if it has one axis less. Of classes the mean is over the
 * weights of the rows that count, NaN if none does; of probabilities, over all rows.
 */
export function crossEntropy(
  logits: Operand,
  target: TensorLike,
  { weight, labelSmoothing = 0, ignoreIndex = -100, ...options }: CrossEntropyOptions = {},
): Tensor {
  const z = logits.asTensor();
  const t = readClassTarget(z, target);
  checkNumber("crossEntropy", "labelSmoothing", labelSmoothing, { min: 0, max: 1 });
  const isOfClasses = t.rank < z.rank;
  if (isOfClasses) checkClasses("crossEntropy", z, t, { ignoreIndex });
  else checkProbabilities(z, t);
  const w = readClassWeights("crossEntropy", weight, z);
  const loss = () => {
    const logs = z.logSoftmax(classAxis(z));
    const { costs, mean } = isOfClasses
      ? costsOfClasses(logs, t, w, ignoreIndex, labelSmoothing)
      : costsOfProbabilities(logs, t, w, labelSmoothing);
    return reduce("crossEntropy", "cross-entropy", options, costs, mean);
  };
  return scope("", loss, "crossEntropy");
}

function checkProbabilities(z: Tensor, t: Tensor): void {
  checkScores("crossEntropy", z);
  checkAlike("crossEntropy", z, t);
  checkValues("crossEntropy", t, "in [0, 1]", (value) => value >= 0 && value <= 1);
  checkSums("crossEntropy", t);
}

interface Costs {
  readonly costs: Tensor;
  readonly mean: () => Tensor;
}

function costsOfClasses(
  logs: Tensor,
  target: Tensor,
  weight: Tensor | undefined,
  ignoreIndex: number,
  smoothing: number,
): Costs {
  const { costs: ofTarget, weights, counts } = classCosts(logs, target, ignoreIndex, weight);
  const axis = classAxis(logs);
  const smoothed = (): Tensor => {
    const ofAll = counts.where(weighted(logs, weight).sum(axis).neg(), 0);
    return ofTarget.mul(1 - smoothing).add(ofAll.mul(smoothing / logs.shape[axis]!));
  };
  const costs = smoothing === 0 ? ofTarget : smoothed();
  return { costs, mean: () => costs.sum().div(weights.sum()) };
}

function costsOfProbabilities(
  logs: Tensor,
  target: Tensor,
  weight: Tensor | undefined,
  smoothing: number,
): Costs {
  const axis = classAxis(logs);
  const shares =
    smoothing === 0 ? target : target.mul(1 - smoothing).add(smoothing / logs.shape[axis]!);
  const costs = weighted(logs, weight).mul(shares).sum(axis).neg();
  return { costs, mean: () => costs.mean() };
}

/** Each class times its weight. */
function weighted(logs: Tensor, weight: Tensor | undefined): Tensor {
  if (!weight) return logs;
  const dims = Array.from({ length: logs.rank - classAxis(logs) - 1 }, () => 1);
  return logs.mul(weight.reshape([-1, ...dims]));
}
