import type { Tensor } from "@neurite/autograd";
import { AveragedParameters } from "./averaged.js";

/**
 * Stochastic weight averaging: the plain mean of the parameters at all updates,
 * `a ← a + (p − a)/(n + 1)`, to be updated once an epoch or so, late in training. As PyTorch's
 * AveragedModel. Izmailov et al., "Averaging weights leads to wider optima and better
 * generalization", UAI 2018.
 */
export class SWA extends AveragedParameters {
  protected next(average: Tensor, parameter: Tensor, count: Tensor): Tensor {
    const share = count.add(1).reciprocal().cast(average.dtype);
    return average.add(parameter.sub(average).mul(share));
  }
}
