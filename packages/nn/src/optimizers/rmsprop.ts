import type { Tensor, Variable } from "@neurite/autograd";
import { checkNumber } from "../options.js";
import { Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface RMSpropOptions extends OptimizerOptions {
  /** How much of the running average of g² is kept at a step: α, 0.99 by default. */
  readonly alpha?: number;
  /** Added to the root, so that nothing is divided by 0; 1e-8 by default. */
  readonly eps?: number;
  /** How much of the last step is taken again: μ, 0 by default. */
  readonly momentum?: number;
  /** Adds this multiple of the parameter to its gradient: λ, 0 by default. */
  readonly weightDecay?: number;
}

/**
 * Gradients in units of their recent size: `v ← α·v + (1 − α)·g²`, `p ← p − rate·g/(√v + eps)`;
 * with momentum `b ← μ·b + g/(√v + eps)`, `p ← p − rate·b`. As in PyTorch. Tieleman and Hinton,
 * Neural Networks for Machine Learning, lecture 6.5, 2012.
 */
export class RMSprop extends Optimizer {
  readonly #options: Required<Omit<RMSpropOptions, "learningRate">>;
  readonly #meanSquare = this.remember("meanSquare");
  readonly #velocity: readonly Variable[];

  constructor(
    parameters: Iterable<Variable>,
    { learningRate = 0.01, ...given }: RMSpropOptions = {},
  ) {
    super(parameters, learningRate);
    const options = { alpha: 0.99, eps: 1e-8, momentum: 0, weightDecay: 0, ...given };
    checkNumber("RMSprop", "alpha", options.alpha, { min: 0, below: 1 });
    checkNumber("RMSprop", "eps", options.eps, { min: 0 });
    checkNumber("RMSprop", "momentum", options.momentum, { min: 0, max: 1 });
    checkNumber("RMSprop", "weightDecay", options.weightDecay, { min: 0 });
    this.#options = options;
    this.#velocity = options.momentum > 0 ? this.remember("velocity") : [];
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    const { alpha, eps, momentum, weightDecay } = this.#options;
    const rate = this.learningRate.cast(parameter.dtype);
    const g = weightDecay > 0 ? gradient.add(parameter.mul(weightDecay)) : gradient;
    const meanSquare = this.#meanSquare[i]!;
    meanSquare.assign(meanSquare.mul(alpha).add(g.square().mul(1 - alpha)));
    const scaled = g.div(meanSquare.sqrt().add(eps));
    const velocity = this.#velocity[i];
    velocity?.assign(velocity.mul(momentum).add(scaled));
    parameter.assign(parameter.sub((velocity ?? scaled).mul(rate)));
  }
}
