import type { Tensor, Variable } from "@neurite/autograd";
import { checkNumber } from "../options.js";
import { Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface AdamOptions extends OptimizerOptions {
  /** How much of the running averages of g and g² a step keeps; 0.9 and 0.999 by default. */
  readonly betas?: readonly [beta1: number, beta2: number];
  /** Added to the root, so that nothing is divided by 0; 1e-8 by default. */
  readonly eps?: number;
  /** Adds this multiple of the parameter to its gradient: λ, 0 by default. */
  readonly weightDecay?: number;
}

/**
 * Momentum in units of the recent gradients: `m ← β₁·m + (1 − β₁)·g`, `v ← β₂·v + (1 − β₂)·g²`,
 * and at step t `p ← p − rate·m̂/(√v̂ + eps)`, where `m̂ = m/(1 − β₁ᵗ)` and `v̂ = v/(1 − β₂ᵗ)` make
 * up for the zeros at the start. As in PyTorch. Kingma and Ba, "Adam", ICLR 2015.
 */
export class Adam extends Optimizer {
  readonly #options: Required<Omit<AdamOptions, "learningRate">>;
  readonly #mean = this.remember("mean");
  readonly #meanSquare = this.remember("meanSquare");
  // βᵗ as running products, in float64 for every dtype: 1 − 0.999ᵗ loses digits in float32.
  readonly #beta1Power = this.rememberNumber("beta1Power", 1);
  readonly #beta2Power = this.rememberNumber("beta2Power", 1);

  constructor(
    parameters: Iterable<Variable>,
    { learningRate = 0.001, ...given }: AdamOptions = {},
  ) {
    super(parameters, learningRate);
    this.#options = { betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, ...given };
    const { betas, eps, weightDecay } = this.#options;
    checkNumber("Adam", "betas[0]", betas[0], { min: 0, below: 1 });
    checkNumber("Adam", "betas[1]", betas[1], { min: 0, below: 1 });
    checkNumber("Adam", "eps", eps, { min: 0 });
    checkNumber("Adam", "weightDecay", weightDecay, { min: 0 });
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    const { betas, eps, weightDecay } = this.#options;
    const [beta1, beta2] = betas;
    const g = weightDecay > 0 ? gradient.add(parameter.mul(weightDecay)) : gradient;

    const mean = this.#mean[i]!;
    const meanSquare = this.#meanSquare[i]!;
    mean.assign(mean.mul(beta1).add(g.mul(1 - beta1)));
    meanSquare.assign(meanSquare.mul(beta2).add(g.square().mul(1 - beta2)));

    const power1 = this.#beta1Power[i]!;
    const power2 = this.#beta2Power[i]!;
    power1.assign(power1.mul(beta1));
    power2.assign(power2.mul(beta2));

    // The corrections are numbers, moved from the averages to the rate and the root.
    const rate = this.learningRate.div(power1.neg().add(1)).cast(g.dtype);
    const rootCorrection = power2.neg().add(1).sqrt().cast(g.dtype);
    const root = meanSquare.sqrt().div(rootCorrection).add(eps);
    parameter.assign(parameter.sub(mean.div(root).mul(rate)));
  }
}
