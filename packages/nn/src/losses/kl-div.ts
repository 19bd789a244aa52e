import { type Operand, scope, type Tensor, type TensorLike } from "@neurite/autograd";
import { checkValues, readPair } from "../targets.js";
import { type Reduction, reduce } from "./reduction.js";

export interface KlDivOptions {
  /**
   * "mean" by default, which is over all elements, as in PyTorch. "batchMean" is the sum over the
   * number of rows: the mean divergence, where each row is a distribution.
   */
  readonly reduction?: Reduction | "batchMean";
  /** Whether the targets are logarithms too; false by default. */
  readonly logTarget?: boolean;
}

/**
 * The Kullback–Leibler divergence of targets from predictions, `t·(log t − x)`, where the
 * predictions x are logarithms of probabilities, of the targets' shape. A target of 0 costs
 * nothing. Kullback and Leibler, "On information and sufficiency", 1951.
 */
export function klDiv(
  logProbabilities: Operand,
  target: TensorLike,
  { reduction = "mean", logTarget = false }: KlDivOptions = {},
): Tensor {
  const [x, t] = readPair("klDiv", logProbabilities, target);
  if (!logTarget) {
    checkValues("klDiv", t, "at least 0", (value) => value >= 0, {
      fix: "give probabilities, or say logTarget: true if they are logarithms",
    });
  }
  const loss = () => {
    const costs = logTarget ? costsOfLogs(x, t) : costsOf(x, t);
    if (reduction !== "batchMean") return reduce("klDiv", "divergence", { reduction }, costs);
    return costs
      .sum()
      .div(x.shape[0] ?? 1)
      .as("mean divergence of a row");
  };
  return scope("", loss, "klDiv");
}

// Where there is nothing to compare, a number stands in, so that 0·∞ is never met.

function costsOf(x: Tensor, t: Tensor): Tensor {
  const isPositive = t.gt(0);
  const logs = isPositive.where(t, 1).log();
  return isPositive.where(t.mul(logs.sub(isPositive.where(x, 0))), 0);
}

function costsOfLogs(x: Tensor, t: Tensor): Tensor {
  const isPositive = t.gt(Number.NEGATIVE_INFINITY);
  const logs = isPositive.where(t, 0);
  return isPositive.where(logs.exp().mul(logs.sub(isPositive.where(x, 0))), 0);
}
