import type { Tensor, Variable } from "@neurite/autograd";
import { Optimizer, type OptimizerOptions, type Own } from "./optimizer.js";
import type { ParameterList } from "./parameter-list.js";

export interface AdagradOptions extends OptimizerOptions {
  /** How fast the rate falls of itself; 0 by default. */
  readonly learningRateDecay?: number;
  /** Where the sums of squares begin; 0 by default. */
  readonly initialAccumulatorValue?: number;
  /** Added to the root, so that nothing is divided by 0; 1e-10 by default. */
  readonly eps?: number;
}

/**
 * Gradients in units of all that there were: `s ← s + g²`, and at step t
 * `p ← p − rate/(1 + (t − 1)·learningRateDecay)·g/(√s + eps)`. The rate is 0.01 by default;
 * `weightDecay` adds λ·p to g. As in PyTorch. Duchi, Hazan and Singer, "Adaptive subgradient
 * methods for online learning and stochastic optimization", JMLR 12, 2011.
 */
export class Adagrad extends Optimizer<Own<AdagradOptions>> {
  readonly #sumSquare: readonly Variable[];
  /** Steps taken so far. */
  readonly #steps: readonly Variable[];

  constructor(
    parameters: ParameterList,
    {
      learningRate = 0.01,
      learningRateDecay = 0,
      initialAccumulatorValue = 0,
      eps = 1e-10,
      ...others
    }: AdagradOptions = {},
  ) {
    super(
      parameters,
      { learningRate, ...others },
      { learningRateDecay, initialAccumulatorValue, eps },
    );
    this.check("learningRateDecay", learningRateDecay, { min: 0 });
    this.check("initialAccumulatorValue", initialAccumulatorValue, { min: 0 });
    this.check("eps", eps, { min: 0 });
    this.#sumSquare = this.remember("sumSquare", initialAccumulatorValue);
    this.#steps = learningRateDecay > 0 ? this.rememberNumber("steps", 0) : [];
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    const { learningRateDecay, eps } = this.hyperparameters;
    const g = this.penalized(gradient, i);
    const sumSquare = this.#sumSquare[i]!;
    sumSquare.assign(sumSquare.add(g.square()));
    const steps = this.#steps[i];
    const slowdown = steps?.mul(learningRateDecay).add(1);
    steps?.assign(steps.add(1));
    const rate = slowdown ? this.rate(i).div(slowdown) : this.rate(i);
    const scaled = g.div(sumSquare.sqrt().add(eps));
    parameter.assign(parameter.sub(scaled.mul(rate.cast(g.dtype))));
  }
}
