import { type Tensor, ValueError, type Variable } from "@neurite/autograd";
import { checkNumber } from "../options.js";
import { Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface SGDOptions extends OptimizerOptions {
  /** How much of the last step is taken again: μ, 0 by default. */
  readonly momentum?: number;
  /** How much of the gradient is held back from the momentum; 0 by default. */
  readonly dampening?: number;
  /** Adds this multiple of the parameter to its gradient: λ, 0 by default. */
  readonly weightDecay?: number;
  /** Looks ahead along the momentum; needs momentum and no dampening. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent: `p ← p − rate·g`. With momentum `v ← μ·v + (1 − dampening)·g`, where
 * the first v is g itself, and the step goes along v, or along `g + μ·v` with nesterov. As in
 * PyTorch. Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum
 * in deep learning", 2013.
 */
export class SGD extends Optimizer {
  readonly #options: Required<Omit<SGDOptions, "learningRate">>;
  readonly #velocity: readonly Variable[];
  /** 0 before a parameter's first step, 1 after. */
  readonly #started: readonly Variable[];

  constructor(parameters: Iterable<Variable>, { learningRate = 0.001, ...given }: SGDOptions = {}) {
    super(parameters, learningRate);
    const options = { momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, ...given };
    const { momentum, dampening, weightDecay, nesterov } = options;
    checkNumber("SGD", "momentum", momentum, { min: 0, max: 1 });
    checkNumber("SGD", "dampening", dampening, { min: 0, max: 1 });
    checkNumber("SGD", "weightDecay", weightDecay, { min: 0 });
    if (nesterov && (momentum === 0 || dampening !== 0)) {
      const problem = `nesterov with momentum ${momentum} and dampening ${dampening}`;
      throw new ValueError("SGD", problem, {
        fix: "give a momentum above 0 and leave the dampening at 0",
      });
    }
    this.#options = options;
    this.#velocity = momentum > 0 ? this.remember("velocity") : [];
    this.#started = dampening > 0 ? this.rememberNumber("started", 0) : [];
  }

  protected update(parameter: Variable, gradient: Tensor, i: number): void {
    const { momentum, weightDecay, nesterov } = this.#options;
    const rate = this.learningRate.cast(parameter.dtype);
    const g = weightDecay > 0 ? gradient.add(parameter.mul(weightDecay)) : gradient;
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
    const share = started.mul(-this.#options.dampening).add(1);
    started.assign(1);
    return g.mul(share.cast(g.dtype));
  }
}
