import type { Tensor, Variable } from "@neurite/autograd";
import { Optimizer, type OptimizerOptions, type Own } from "./optimizer.js";
import type { ParameterList } from "./parameter-list.js";

export interface AdadeltaOptions extends OptimizerOptions {
  /** How much of the running averages a step keeps: ρ, 0.9 by default. */
  readonly rho?: number;
  /** Added inside both roots: the size of the first steps; 1e-6 by default. */
  readonly eps?: number;
}

/**
 * Steps in the parameters' own units: `v ← ρ·v + (1 − ρ)·g²`, `d = √(u + eps)/√(v + eps)·g`,
 * `u ← ρ·u + (1 − ρ)·d²`, `p ← p − rate·d`. The rate is 1 by default; `weightDecay` adds λ·p to g.
 * As in PyTorch. Zeiler, "ADADELTA: an adaptive learning rate method", 2012.
 */
export class Adadelta extends Optimizer<Own<AdadeltaOptions>> {
  readonly #meanSquare = this.remember("meanSquare");
  readonly #meanSquareStep = this.remember("meanSquareStep");

  constructor(
    parameters: ParameterList,
    { learningRate = 1, rho = 0.9, eps = 1e-6, ...others }: AdadeltaOptions = {},
  ) {
    super(parameters, { learningRate, ...others }, { rho, eps });
    this.check("rho", rho, { min: 0, max: 1 });
    this.check("eps", eps, { min: 0 });
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    const { rho, eps } = this.hyperparameters;
    const g = this.penalized(gradient, i);
    const meanSquare = this.#meanSquare[i]!;
    meanSquare.assign(meanSquare.mul(rho).add(g.square().mul(1 - rho)));
    const meanSquareStep = this.#meanSquareStep[i]!;
    const unit = meanSquareStep.add(eps).sqrt().div(meanSquare.add(eps).sqrt());
    const step = unit.mul(g);
    meanSquareStep.assign(meanSquareStep.mul(rho).add(step.square().mul(1 - rho)));
    parameter.assign(parameter.sub(step.mul(this.rate(i).cast(g.dtype))));
  }
}
