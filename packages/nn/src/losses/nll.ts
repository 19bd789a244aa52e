import { type Operand, scope, type Tensor, type TensorLike } from "@neurite/autograd";
import { checkClasses, readClassTarget } from "../class-targets.js";
import { type ClassOptions, classCosts } from "./class-costs.js";
import { reduce } from "./reduction.js";
import { readClassWeights } from "./weights.js";

/**
 * The negative log-likelihood: `−log p` at the target class, given the logarithms of probabilities,
 * `[n, classes, ...dims]` or `[classes]` for one sample, and class numbers, int32 `[n, ...dims]`.
 * The mean is over the weights of the rows that count: NaN if none does.
 */
export function nll(
  logProbabilities: Operand,
  target: TensorLike,
  { weight, ignoreIndex = -100, ...options }: ClassOptions = {},
): Tensor {
  const logs = logProbabilities.asTensor();
  const t = readClassTarget(logs, target);
  checkClasses("nll", logs, t, { ignoreIndex });
  const w = readClassWeights("nll", weight, logs);
  const loss = () => {
    const { costs, weights } = classCosts(logs, t, ignoreIndex, w);
    const mean = () => costs.sum().div(weights.sum());
    return reduce("nll", "negative log-likelihood", options, costs, mean);
  };
  return scope("", loss, "nll");
}
