import type { Operand, Tensor, TensorLike } from "@neurite/autograd";
import { checkNumber } from "../options.js";
import { checkValues, readPair } from "../targets.js";
import { type LossOptions, reduced } from "./reduction.js";

export interface PoissonNllOptions extends LossOptions {
  /** Whether predictions are logarithms of rates; true by default. */
  readonly logInput?: boolean;
  /** Adds Stirling's approximation of `log t!` for targets above 1; false by default. */
  readonly full?: boolean;
  /** Added to rates before their logarithm is taken; 1e-8 by default. */
  readonly eps?: number;
}

/**
 * The negative log-likelihood of counts under Poisson distributions, without `log t!`:
 * `exp(x) − t·x` for the logarithms x of the rates, or `x − t·log(x + eps)` for the rates.
 */
export function poissonNll(
  prediction: Operand,
  target: TensorLike,
  { logInput = true, full = false, eps = 1e-8, ...options }: PoissonNllOptions = {},
): Tensor {
  const [x, t] = readPair("poissonNll", prediction, target);
  checkValues("poissonNll", t, "at least 0", (value) => value >= 0);
  checkNumber("poissonNll", "eps", eps, { min: 0 });
  return reduced("poissonNll", "negative log-likelihood", options, () => {
    const costs = logInput ? x.exp().sub(t.mul(x)) : x.sub(t.mul(x.add(eps).log()));
    return full ? costs.add(logFactorial(t)) : costs;
  });
}

/** `t·log t − t + log(2πt)/2` above 1, else 0. */
function logFactorial(t: Tensor): Tensor {
  const isAbove = t.gt(1);
  const n = isAbove.where(t, 1);
  const stirling = n
    .mul(n.log())
    .sub(n)
    .add(
      n
        .mul(2 * Math.PI)
        .log()
        .mul(0.5),
    );
  return isAbove.where(stirling, 0);
}
