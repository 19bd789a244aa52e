import { asTensor, type Operand, type Tensor, type TensorLike } from "@neurite/autograd";
import { checkNumber } from "../options.js";
import { checkValues, readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";
import { checkBroadcasts } from "./weights.js";

export interface GaussianNllOptions extends LossOptions {
  /** Adds the constant `log(2π)/2`; false by default. */
  readonly full?: boolean;
  /** The least variance that is used; 1e-6 by default. */
  readonly eps?: number;
}

/**
 * The negative log-likelihood of targets under normal distributions, `(log v + (y − t)²/v)/2`,
 * with the mean y and the variance v ≥ 0 of each, which may broadcast. A variance below eps counts
 * as eps, and learns as if it were it. Nix and Weigend, "Estimating the mean and variance of the
 * target probability distribution", 1994.
 */
export function gaussianNll(
  mean: Operand,
  target: TensorLike,
  variance: TensorLike,
  { full = false, eps = 1e-6, ...options }: GaussianNllOptions = {},
): Tensor {
  const [y, t] = readPair("gaussianNll", mean, target);
  const given = asTensor(variance, y.dtype);
  checkBroadcasts("gaussianNll", "variance", given, y);
  checkValues("gaussianNll", given, "at least 0", (value) => value >= 0, { what: "variance" });
  checkNumber("gaussianNll", "eps", eps, { min: 0 });
  return reduced("gaussianNll", "negative log-likelihood", options, () => {
    // The difference is 0 and has the slope 1: it lets gradients past the bound.
    const v = given.maximum(eps).stopGradient().add(given.sub(given.stopGradient()));
    const costs = v.log().add(y.sub(t).square().div(v)).mul(0.5);
    return full ? costs.add(Math.log(2 * Math.PI) / 2) : costs;
  });
}
