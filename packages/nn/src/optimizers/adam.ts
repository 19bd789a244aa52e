import type { Tensor, Variable } from "@neurite/autograd";
import { Optimizer, type OptimizerOptions, type Own } from "./optimizer.js";
import type { ParameterList } from "./parameter-list.js";

export interface AdamOptions extends OptimizerOptions {
  /** How much of the running averages of g and g² a step keeps; 0.9 and 0.999 by default. */
  readonly betas?: readonly [beta1: number, beta2: number];
  /** Added to the root, so that nothing is divided by 0; 1e-8 by default. */
  readonly eps?: number;
  /** Whether v̂ is made of the largest v so far, so that rates only fall; false by default. */
  readonly amsgrad?: boolean;
}

/**
 * Momentum in units of the recent gradients: `m ← β₁·m + (1 − β₁)·g`, `v ← β₂·v + (1 − β₂)·g²`,
 * and at step t `p ← p − rate·m̂/(√v̂ + eps)`, where `m̂ = m/(1 − β₁ᵗ)` and `v̂ = v/(1 − β₂ᵗ)` make
 * up for the zeros at the start. The rate is 0.001 by default; `weightDecay` adds λ·p to g. As in
 * PyTorch. Kingma and Ba, "Adam", ICLR 2015; amsgrad: Reddi, Kale and Kumar, "On the convergence of
 * Adam and beyond", ICLR 2018.
 */
export class Adam extends Optimizer<Own<AdamOptions>> {
  readonly #mean = this.remember("mean");
  readonly #meanSquare = this.remember("meanSquare");
  // βᵗ as running products, in float64 for every dtype: 1 − 0.999ᵗ loses digits in float32.
  readonly #beta1Power = this.rememberNumber("beta1Power", 1);
  readonly #beta2Power = this.rememberNumber("beta2Power", 1);
  readonly #largest: readonly Variable[];

  constructor(
    parameters: ParameterList,
    {
      learningRate = 0.001,
      betas = [0.9, 0.999],
      eps = 1e-8,
      amsgrad = false,
      ...others
    }: AdamOptions = {},
  ) {
    super(parameters, { learningRate, ...others }, { betas, eps, amsgrad });
    this.check("betas[0]", betas[0], { min: 0, below: 1 });
    this.check("betas[1]", betas[1], { min: 0, below: 1 });
    this.check("eps", eps, { min: 0 });
    this.#largest = amsgrad ? this.remember("largestMeanSquare") : [];
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    this.move(parameter, this.penalized(gradient, i), i);
  }

  /** The step by itself, without weight decay. */
  protected move(parameter: Variable, g: Tensor, i: number): void {
    const { betas, eps } = this.hyperparameters;
    const [beta1, beta2] = betas;
    const mean = this.#mean[i]!;
    const meanSquare = this.#meanSquare[i]!;
    mean.assign(mean.mul(beta1).add(g.mul(1 - beta1)));
    meanSquare.assign(meanSquare.mul(beta2).add(g.square().mul(1 - beta2)));
    const largest = this.#largest[i];
    largest?.assign(largest.maximum(meanSquare));

    const power1 = this.#beta1Power[i]!;
    const power2 = this.#beta2Power[i]!;
    power1.assign(power1.mul(beta1));
    power2.assign(power2.mul(beta2));

    // The corrections are numbers, moved from the averages to the rate and the root.
    const rate = this.rate(i).div(power1.neg().add(1)).cast(g.dtype);
    const rootCorrection = power2.neg().add(1).sqrt().cast(g.dtype);
    const root = (largest ?? meanSquare).sqrt().div(rootCorrection).add(eps);
    parameter.assign(parameter.sub(mean.div(root).mul(rate)));
  }
}
