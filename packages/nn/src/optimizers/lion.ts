import type { Tensor, Variable } from "@neurite/autograd";
import { Optimizer, type OptimizerOptions, type Own } from "./optimizer.js";
import type { ParameterList } from "./parameter-list.js";

export interface LionOptions extends OptimizerOptions {
  /** How much of m the direction has, and how much of it a step keeps; 0.9 and 0.99 by default. */
  readonly betas?: readonly [beta1: number, beta2: number];
}

/**
 * Steps of one length, in the direction of a sign: `p ← p − rate·(sign(β₁·m + (1 − β₁)·g) + λ·p)`,
 * then `m ← β₂·m + (1 − β₂)·g`. The rate is 1e-4 and λ (`weightDecay`) 0.001 by default. As in
 * optax. Chen et al., "Symbolic discovery of optimization algorithms", NeurIPS 2023.
 */
export class Lion extends Optimizer<Own<LionOptions>> {
  readonly #mean = this.remember("mean");

  constructor(
    parameters: ParameterList,
    { learningRate = 1e-4, weightDecay = 0.001, betas = [0.9, 0.99], ...others }: LionOptions = {},
  ) {
    super(parameters, { learningRate, weightDecay, ...others }, { betas });
    this.check("betas[0]", betas[0], { min: 0, below: 1 });
    this.check("betas[1]", betas[1], { min: 0, below: 1 });
  }

  protected update(parameter: Variable, g: Tensor, i: number): void {
    const [beta1, beta2] = this.hyperparameters.betas;
    const mean = this.#mean[i]!;
    const direction = mean
      .mul(beta1)
      .add(g.mul(1 - beta1))
      .sign();
    const step = this.penalized(direction, i).mul(this.rate(i).cast(g.dtype));
    parameter.assign(parameter.sub(step));
    mean.assign(mean.mul(beta2).add(g.mul(1 - beta2)));
  }
}
