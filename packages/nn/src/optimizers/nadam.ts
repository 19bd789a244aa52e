import type { Tensor, Variable } from "@neurite/autograd";
import { Optimizer, type OptimizerOptions, type Own } from "./optimizer.js";
import type { ParameterList } from "./parameter-list.js";

export interface NAdamOptions extends OptimizerOptions {
  /** How much of the running averages of g and g² a step keeps; 0.9 and 0.999 by default. */
  readonly betas?: readonly [beta1: number, beta2: number];
  /** Added to the root, so that nothing is divided by 0; 1e-8 by default. */
  readonly eps?: number;
  /** How soon the momentum is whole: ψ, 0.004 by default. */
  readonly momentumDecay?: number;
  /** Whether weights decay as in `AdamW`; false by default, as in `Adam`. */
  readonly decoupledWeightDecay?: boolean;
}

/**
 * Adam that looks ahead along its momentum. With m, v and v̂ as in Adam,
 * `μₜ = β₁·(1 − ½·0.96^(t·ψ))` and Mₜ the product of all μ up to t:
 * `p ← p − rate·((1 − μₜ)/(1 − Mₜ)·g + μₜ₊₁/(1 − Mₜ₊₁)·m)/(√v̂ + eps)`. The rate is 0.002 by
 * default. As in PyTorch. Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016.
 */
export class NAdam extends Optimizer<Own<NAdamOptions>> {
  readonly #mean = this.remember("mean");
  readonly #meanSquare = this.remember("meanSquare");
  readonly #beta2Power = this.rememberNumber("beta2Power", 1);
  /** 0.96^(t·ψ). */
  readonly #warmup = this.rememberNumber("warmup", 1);
  readonly #momentumProduct = this.rememberNumber("momentumProduct", 1);

  constructor(
    parameters: ParameterList,
    {
      learningRate = 0.002,
      betas = [0.9, 0.999],
      eps = 1e-8,
      momentumDecay = 0.004,
      decoupledWeightDecay = false,
      ...others
    }: NAdamOptions = {},
  ) {
    super(
      parameters,
      { learningRate, ...others },
      { betas, eps, momentumDecay, decoupledWeightDecay },
    );
    this.check("betas[0]", betas[0], { min: 0, below: 1 });
    this.check("betas[1]", betas[1], { min: 0, below: 1 });
    this.check("eps", eps, { min: 0 });
    this.check("momentumDecay", momentumDecay, { min: 0 });
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

    const [ofGradient, ofMean] = this.#shares(i);
    const power = this.#beta2Power[i]!;
    power.assign(power.mul(beta2));
    const rootCorrection = power.neg().add(1).sqrt().cast(g.dtype);
    const root = meanSquare.sqrt().div(rootCorrection).add(eps);
    const direction = g.mul(ofGradient.cast(g.dtype)).add(mean.mul(ofMean.cast(g.dtype)));
    parameter.assign(parameter.sub(direction.div(root)));
  }

  /** `rate·(1 − μₜ)/(1 − Mₜ)` and `rate·μₜ₊₁/(1 − Mₜ₊₁)`, in float64. */
  #shares(i: number): readonly [ofGradient: Tensor, ofMean: Tensor] {
    const { betas, momentumDecay } = this.hyperparameters;
    const momentum = (warmup: Tensor): Tensor => warmup.mul(-0.5 * betas[0]).add(betas[0]);
    const growth = 0.96 ** momentumDecay;
    const warmup = this.#warmup[i]!;
    warmup.assign(warmup.mul(growth));
    const now = momentum(warmup.asTensor());
    const next = momentum(warmup.mul(growth));
    const product = this.#momentumProduct[i]!;
    product.assign(product.mul(now));
    const rate = this.rate(i);
    return [
      rate.mul(now.neg().add(1)).div(product.neg().add(1)),
      rate.mul(next).div(product.mul(next).neg().add(1)),
    ];
  }
}
