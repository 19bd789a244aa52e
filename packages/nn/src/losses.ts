import { asTensor, Operand, scope, type Tensor, type TensorLike } from "@neurite/autograd";
import { checkAlike, checkClasses, checkRows, checkSums, checkValues } from "./targets.js";

/**
 * The mean squared error, `mean (y − t)²`, of predictions and targets of one shape. The shapes do
 * not broadcast: that would compare every prediction with every target.
 */
export function mse(prediction: Operand, target: TensorLike): Tensor {
  const y = prediction.asTensor();
  const t = asTensor(target, y.dtype);
  checkAlike("mse", y, t);
  return scope("", () => y.sub(t).square().mean().as("mean squared error"), "mse");
}

/**
 * The mean of `−t·log σ(z) − (1 − t)·log(1 − σ(z))`: the binary cross-entropy of `sigmoid(logits)`
 * against targets in [0, 1] of the same shape. However sure a logit, nothing overflows and no log 0
 * is taken: `−log σ(z)` is computed as `softplus(−z)`, and `−log(1 − σ(z))` as `softplus(z)`.
 */
export function bceWithLogits(logits: Operand, target: TensorLike): Tensor {
  const z = logits.asTensor();
  const t = asTensor(target, z.dtype);
  checkAlike("bceWithLogits", z, t);
  checkValues("bceWithLogits", t, "in [0, 1]", (value) => value >= 0 && value <= 1);
  const meanCost = () => {
    const costOfOne = t.mul(z.neg().softplus());
    const costOfZero = t.neg().add(1).mul(z.softplus());
    return costOfOne.add(costOfZero).mean().as("binary cross-entropy");
  };
  return scope("", meanCost, "bceWithLogits");
}

/**
 * The mean of `−log softmax(logits)` at the target class, the cross-entropy, for logits
 * `[n, classes]`, or `[classes]` for one sample. Targets are class numbers, int32 `[n]`, or
 * probabilities `[n, classes]` whose rows sum to 1, which weight the classes. An array of numbers
 * stands for classes if it has one for each row.
 */
export function crossEntropy(logits: Operand, target: TensorLike): Tensor {
  const z = logits.asTensor();
  const t = readTarget(z, target);
  if (t.rank < z.rank) {
    checkClasses("crossEntropy", z, t);
    const meanCost = () => z.logSoftmax().gather(t.unsqueeze(-1), -1).mean().neg();
    return scope("", meanCost, "crossEntropy").as("cross-entropy");
  }
  checkRows("crossEntropy", z);
  checkAlike("crossEntropy", z, t);
  checkValues("crossEntropy", t, "in [0, 1]", (value) => value >= 0 && value <= 1);
  checkSums("crossEntropy", t);
  const meanCost = () => z.logSoftmax().mul(t).sum(-1).mean().neg();
  return scope("", meanCost, "crossEntropy").as("cross-entropy");
}

function readTarget(z: Tensor, target: TensorLike): Tensor {
  const t = asTensor(target, z.dtype);
  return t.rank < z.rank && !(target instanceof Operand) ? asTensor(target, "int32") : t;
}
