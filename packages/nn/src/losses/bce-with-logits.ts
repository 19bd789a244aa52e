import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { checkValues, readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";
import { readWeights } from "./weights.js";

export interface BceWithLogitsOptions extends LossOptions {
  /** Multiplies the costs: a factor for each element, or one that broadcasts. */
  readonly weight?: TensorLike;
  /** Multiplies the costs of ones, as the ratio of zeros to ones would: of each output, or one. */
  readonly posWeight?: TensorLike;
}

/**
 * `−p·t·log σ(z) − (1 − t)·log(1 − σ(z))`, where p is `posWeight`: the binary cross-entropy of
 * `sigmoid(logits)` against targets in [0, 1] of the same shape. However sure a logit, nothing
 * overflows and no log 0 is taken: `−log σ(z)` is computed as `softplus(−z)`, and `−log(1 − σ(z))`
 * as `softplus(z)`.
 */
export function bceWithLogits(
  logits: Operand,
  target: TensorLike,
  { weight, posWeight, ...options }: BceWithLogitsOptions = {},
): Tensor {
  const [z, t] = readPair("bceWithLogits", logits, target);
  checkValues("bceWithLogits", t, "in [0, 1]", (value) => value >= 0 && value <= 1);
  const w = readWeights("bceWithLogits", "weight", weight, z);
  const p = readWeights("bceWithLogits", "posWeight", posWeight, z);
  return reduced("bceWithLogits", "binary cross-entropy", options, () => {
    const costOfOne = t.mul(z.neg().softplus());
    const costOfZero = t.neg().add(1).mul(z.softplus());
    const costs = (p ? costOfOne.mul(p) : costOfOne).add(costOfZero);
    return w ? costs.mul(w) : costs;
  });
}
