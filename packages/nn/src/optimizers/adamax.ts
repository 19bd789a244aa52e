import type { Tensor, Variable } from "@neurite/autograd";
import { Optimizer, type OptimizerOptions, type Own } from "./optimizer.js";
import type { ParameterList } from "./parameter-list.js";

export interface AdamaxOptions extends OptimizerOptions {
  /** How much of the running average of g and of the largest g a step keeps; 0.9 and 0.999. */
  readonly betas?: readonly [beta1: number, beta2: number];
  /** Added to each magnitude, so that nothing is divided by 0; 1e-8 by default. */
  readonly eps?: number;
}

/**
 * Adam in units of the largest recent gradient: `m ← β₁·m + (1 − β₁)·g`,
 * `u ← max(β₂·u, |g| + eps)`, and at step t `p ← p − rate/(1 − β₁ᵗ)·m/u`. The rate is 0.002 by
 * default; `weightDecay` adds λ·p to g. As in PyTorch. Kingma and Ba, "Adam", ICLR 2015, section
 * 7.1.
 */
export class Adamax extends Optimizer<Own<AdamaxOptions>> {
  readonly #mean = this.remember("mean");
  readonly #largest = this.remember("largest");
  readonly #beta1Power = this.rememberNumber("beta1Power", 1);

  constructor(
    parameters: ParameterList,
    { learningRate = 0.002, betas = [0.9, 0.999], eps = 1e-8, ...others }: AdamaxOptions = {},
  ) {
    super(parameters, { learningRate, ...others }, { betas, eps });
    this.check("betas[0]", betas[0], { min: 0, below: 1 });
    this.check("betas[1]", betas[1], { min: 0, below: 1 });
    this.check("eps", eps, { min: 0 });
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    const { betas, eps } = this.hyperparameters;
    const [beta1, beta2] = betas;
    const g = this.penalized(gradient, i);
    const mean = this.#mean[i]!;
    const largest = this.#largest[i]!;
    const power = this.#beta1Power[i]!;
    mean.assign(mean.mul(beta1).add(g.mul(1 - beta1)));
    largest.assign(largest.mul(beta2).maximum(g.abs().add(eps)));
    power.assign(power.mul(beta1));
    const rate = this.rate(i).div(power.neg().add(1)).cast(g.dtype);
    parameter.assign(parameter.sub(mean.div(largest).mul(rate)));
  }
}
