import type { Tensor, Variable } from "@neurite/autograd";
import { Optimizer, type OptimizerOptions, type Own } from "./optimizer.js";
import type { ParameterList } from "./parameter-list.js";

export interface RAdamOptions extends OptimizerOptions {
  /** How much of the running averages of g and g² a step keeps; 0.9 and 0.999 by default. */
  readonly betas?: readonly [beta1: number, beta2: number];
  /** Added to the root, so that nothing is divided by 0; 1e-8 by default. */
  readonly eps?: number;
  /** Whether weights decay as in `AdamW`; false by default, as in `Adam`. */
  readonly decoupledWeightDecay?: boolean;
}

/**
 * Adam that divides by √v only when v has seen enough to be trusted. With m, v and m̂ as in Adam,
 * `ρ∞ = 2/(1 − β₂) − 1` and `ρₜ = ρ∞ − 2·t·β₂ᵗ/(1 − β₂ᵗ)`: while ρₜ ≤ 5, `p ← p − rate·m̂`, and
 * then `p ← p − rate·m̂·r·√(1 − β₂ᵗ)/(√v + eps)` where
 * `r² = (ρₜ − 4)·(ρₜ − 2)·ρ∞/((ρ∞ − 4)·(ρ∞ − 2)·ρₜ)`. The rate is 0.001 by default. As in PyTorch.
 * Liu et al., "On the variance of the adaptive learning rate and beyond", ICLR 2020.
 */
export class RAdam extends Optimizer<Own<RAdamOptions>> {
  readonly #mean = this.remember("mean");
  readonly #meanSquare = this.remember("meanSquare");
  readonly #steps = this.rememberNumber("steps", 0);
  readonly #beta1Power = this.rememberNumber("beta1Power", 1);
  readonly #beta2Power = this.rememberNumber("beta2Power", 1);

  constructor(
    parameters: ParameterList,
    {
      learningRate = 0.001,
      betas = [0.9, 0.999],
      eps = 1e-8,
      decoupledWeightDecay = false,
      ...others
    }: RAdamOptions = {},
  ) {
    super(parameters, { learningRate, ...others }, { betas, eps, decoupledWeightDecay });
    this.check("betas[0]", betas[0], { min: 0, below: 1 });
    this.check("betas[1]", betas[1], { min: 0, below: 1 });
    this.check("eps", eps, { min: 0 });
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    const { betas, eps, decoupledWeightDecay } = this.hyperparameters;
    const [beta1, beta2] = betas;
    if (decoupledWeightDecay) this.shrink(i);
    const g = decoupledWeightDecay ? gradient : this.penalized(gradient, i);
    const mean = this.#mean[i]!;
    const meanSquare = this.#meanSquare[i]!;
    mean.assign(mean.mul(beta1).add(g.mul(1 - beta1)));
    meanSquare.assign(meanSquare.mul(beta2).add(g.square().mul(1 - beta2)));

    const power = this.#beta1Power[i]!;
    power.assign(power.mul(beta1));
    const rate = this.rate(i).div(power.neg().add(1)).cast(g.dtype);
    const [trusted, rectifier] = this.#rectify(i);
    const unit = rectifier.cast(g.dtype).div(meanSquare.sqrt().add(eps));
    parameter.assign(parameter.sub(mean.mul(trusted.where(unit, 1)).mul(rate)));
  }

  /** Whether ρₜ > 5, and `r·√(1 − β₂ᵗ)`, which is of use only then; in float64. */
  #rectify(i: number): readonly [trusted: Tensor, rectifier: Tensor] {
    const beta2 = this.hyperparameters.betas[1];
    const steps = this.#steps[i]!;
    const power = this.#beta2Power[i]!;
    steps.assign(steps.add(1));
    power.assign(power.mul(beta2));
    const correction = power.neg().add(1);
    const limit = 2 / (1 - beta2) - 1;
    const rho = steps.mul(power).mul(-2).div(correction).add(limit);
    const scale = limit / ((limit - 4) * (limit - 2));
    const square = rho.sub(4).mul(rho.sub(2)).mul(scale).div(rho);
    return [rho.gt(5), square.mul(correction).sqrt()];
  }
}
