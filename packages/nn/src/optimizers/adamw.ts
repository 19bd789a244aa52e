import type { Tensor, Variable } from "@neurite/autograd";
import { Adam, type AdamOptions } from "./adam.js";
import type { ParameterList } from "./parameter-list.js";

/**
 * Adam with the decay of weights apart from the gradient: `p ← p − rate·λ·p`, then Adam's step,
 * whose averages see the gradient alone. λ is 0.01 by default, all else as in `Adam`. As in
 * PyTorch. Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019.
 */
export class AdamW extends Adam {
  constructor(parameters: ParameterList, { weightDecay = 0.01, ...others }: AdamOptions = {}) {
    super(parameters, { weightDecay, ...others });
  }

  protected override update(parameter: Variable, gradient: Tensor, i: number): void {
    this.shrink(i);
    this.move(parameter, gradient, i);
  }
}
