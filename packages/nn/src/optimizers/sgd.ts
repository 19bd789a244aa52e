import { type Tensor, ValueError, type Variable } from "@neurite/autograd";
import { Optimizer, type OptimizerOptions, type Own } from "./optimizer.js";
import type { ParameterList } from "./parameter-list.js";

export interface SGDOptions extends OptimizerOptions {
  /** How much of the last step is taken again: μ, 0 by default. */
  readonly momentum?: number;
  /** How much of the gradient is held back from the momentum; 0 by default. */
  readonly dampening?: number;
  /** Looks ahead along the momentum; needs momentum and no dampening. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent: `p ← p − rate·g`. With momentum `v ← μ·v + (1 − dampening)·g`, where
 * the first v is g itself, and the step goes along v, or along `g + μ·v` with nesterov. The rate is
 * 0.001 by default; `weightDecay` adds λ·p to g. As in PyTorch. Sutskever, Martens, Dahl and
 * Hinton, "On the importance of initialization and momentum in deep learning", 2013.
 */
export class SGD extends Optimizer<Own<SGDOptions>> {
  readonly #velocity: readonly Variable[];
  /** 0 before a parameter's first step, 1 after. */
  readonly #started: readonly Variable[];

  constructor(
    parameters: ParameterList,
    {
      learningRate = 0.001,
      momentum = 0,
      dampening = 0,
      nesterov = false,
      ...others
    }: SGDOptions = {},
  ) {
    super(parameters, { learningRate, ...others }, { momentum, dampening, nesterov });
    this.check("momentum", momentum, { min: 0, max: 1 });
    this.check("dampening", dampening, { min: 0, max: 1 });
    if (nesterov && (momentum === 0 || dampening !== 0)) {
      const problem = `nesterov with momentum ${momentum} and dampening ${dampening}`;
      throw new ValueError("SGD", problem, {
        fix: "give a momentum above 0 and leave the dampening at 0",
      });
    }
    this.#velocity = momentum > 0 ? this.remember("velocity") : [];
    this.#started = dampening > 0 ? this.rememberNumber("started", 0) : [];
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    const { momentum, nesterov } = this.hyperparameters;
    const rate = this.rate(i).cast(parameter.dtype);
    const g = this.penalized(gradient, i);
    const velocity = this.#velocity[i];
    if (!velocity) {
      parameter.assign(parameter.sub(g.mul(rate)));
      return;
    }
    velocity.assign(velocity.mul(momentum).add(this.#undampened(g, i)));
    const direction = nesterov ? g.add(velocity.mul(momentum)) : velocity;
    parameter.assign(parameter.sub(direction.mul(rate)));
  }

  /** What of the gradient enters the velocity: at a parameter's first step, all of it. */
  #undampened(g: Tensor, i: number): Tensor {
    const started = this.#started[i];
    if (!started) return g;
    const share = started.mul(-this.hyperparameters.dampening).add(1);
    started.assign(1);
    return g.mul(share.cast(g.dtype));
  }
}
