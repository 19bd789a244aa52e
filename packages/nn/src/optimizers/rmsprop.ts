import type { Tensor, Variable } from "@neurite/autograd";
import { Optimizer, type OptimizerOptions, type Own } from "./optimizer.js";
import type { ParameterList } from "./parameter-list.js";

export interface RMSpropOptions extends OptimizerOptions {
  /** How much of the running averages a step keeps: α, 0.99 by default. */
  readonly alpha?: number;
  /** Added to the root, so that nothing is divided by 0; 1e-8 by default. */
  readonly eps?: number;
  /** How much of the last step is taken again: μ, 0 by default. */
  readonly momentum?: number;
  /** Whether the unit is the spread of recent gradients, not their size; false by default. */
  readonly centered?: boolean;
}

/**
 * Gradients in units of their recent size: `v ← α·v + (1 − α)·g²`, `p ← p − rate·g/(√v + eps)`;
 * with momentum `b ← μ·b + g/(√v + eps)`, `p ← p − rate·b`. Centered, `m ← α·m + (1 − α)·g` and v
 * is replaced by the variance `v − m²`. The rate is 0.01 by default; `weightDecay` adds λ·p to g.
 * As in PyTorch. Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012;
 * centered: Graves, "Generating sequences with recurrent neural networks", 2013.
 */
export class RMSprop extends Optimizer<Own<RMSpropOptions>> {
  readonly #meanSquare = this.remember("meanSquare");
  readonly #mean: readonly Variable[];
  readonly #velocity: readonly Variable[];

  constructor(
    parameters: ParameterList,
    {
      learningRate = 0.01,
      alpha = 0.99,
      eps = 1e-8,
      momentum = 0,
      centered = false,
      ...others
    }: RMSpropOptions = {},
  ) {
    super(parameters, { learningRate, ...others }, { alpha, eps, momentum, centered });
    this.check("alpha", alpha, { min: 0, below: 1 });
    this.check("eps", eps, { min: 0 });
    this.check("momentum", momentum, { min: 0, max: 1 });
    this.#mean = centered ? this.remember("mean") : [];
    this.#velocity = momentum > 0 ? this.remember("velocity") : [];
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    const { alpha, eps, momentum } = this.hyperparameters;
    const rate = this.rate(i).cast(parameter.dtype);
    const g = this.penalized(gradient, i);
    const meanSquare = this.#meanSquare[i]!;
    meanSquare.assign(meanSquare.mul(alpha).add(g.square().mul(1 - alpha)));
    const mean = this.#mean[i];
    mean?.assign(mean.mul(alpha).add(g.mul(1 - alpha)));
    // Where gradients hardly change, rounding may leave a variance below 0, whose root is NaN.
    const unit = mean ? meanSquare.sub(mean.square()).maximum(0) : meanSquare;
    const scaled = g.div(unit.sqrt().add(eps));
    const velocity = this.#velocity[i];
    velocity?.assign(velocity.mul(momentum).add(scaled));
    parameter.assign(parameter.sub((velocity ?? scaled).mul(rate)));
  }
}
