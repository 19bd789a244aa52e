import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { checkValues, readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";
import { readWeights } from "./weights.js";

export interface BceOptions extends LossOptions {
  /** Multiplies the costs: a factor for each element, or one that broadcasts. */
  readonly weight?: TensorLike;
}

/**
 * `−t·log y − (1 − t)·log(1 − y)`: the binary cross-entropy of probabilities against targets of
 * the same shape, both in [0, 1]. Each logarithm is at least −100, and the slope
 * `(y − t)/(y·(1 − y))` is divided by 1e-12 or more, as in PyTorch. `bceWithLogits` needs neither.
 */
export function bce(
  prediction: Operand,
  target: TensorLike,
  { weight, ...options }: BceOptions = {},
): Tensor {
  const [y, t] = readPair("bce", prediction, target);
  checkValues("bce", t, "in [0, 1]", isShare);
  checkValues("bce", y, "in [0, 1]", isShare, {
    what: "prediction",
    fix: "end the model with a sigmoid, or leave it out and use bceWithLogits",
  });
  const w = readWeights("bce", "weight", weight, y);
  return reduced("bce", "binary cross-entropy", options, () => {
    const costs = costsOf(y, t);
    return w ? costs.mul(w) : costs;
  });
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;

function costsOf(y: Tensor, t: Tensor): Tensor {
  const isInside = y.mul(y.neg().add(1)).ge(leastSpread);
  return isInside.where(cost(isInside.where(y, 0.5), t), costAtEnds(y, t));
}

// The least `y·(1 − y)` that a slope is divided by, as in PyTorch.
const leastSpread = 1e-12;

const cost = (y: Tensor, t: Tensor): Tensor =>
  t.mul(costOfOne(y)).add(t.neg().add(1).mul(costOfZero(y)));

/** The cost with the slope `(y − t)/1e-12`: that of a parabola, whose own value is taken away. */
function costAtEnds(y: Tensor, t: Tensor): Tensor {
  const parabola = y.mul(0.5).sub(t.stopGradient()).mul(y).div(leastSpread);
  return cost(y.stopGradient(), t).add(parabola.sub(parabola.stopGradient()));
}

const costOfOne = (y: Tensor): Tensor => y.log().neg().minimum(100);
const costOfZero = (y: Tensor): Tensor => y.neg().log1p().neg().minimum(100);
