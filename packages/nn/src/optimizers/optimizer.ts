import {
  GradientError,
  noGrad,
  scalar,
  scope,
  type Tensor,
  type Variable,
  variable,
} from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { checkNumber, type Range } from "../options.js";
import { readOwnState, writeOwnState } from "../own-state.js";
import type { StateDict } from "../state.js";
import { type Member, type ParameterGroup, readMembers } from "./parameter-groups.js";
import type { ParameterList } from "./parameter-list.js";

export interface OptimizerOptions {
  /** How far a step goes. */
  readonly learningRate?: number;
  /** How strongly parameters are drawn to 0: λ, 0 unless the optimizer says otherwise. */
  readonly weightDecay?: number;
  /** Whether steps go up, along the gradients; false by default. */
  readonly maximize?: boolean;
  /** Parameters with a rate or a decay of their own. */
  readonly groups?: readonly ParameterGroup[];
}

/** The options that a class adds to those of every optimizer, with their defaults. */
export type Own<Options> = Required<Omit<Options, keyof OptimizerOptions>>;

/**
 * Moves parameters against their gradients. A training step is three lines:
 * `optimizer.zeroGrad(); loss.backward(); optimizer.step()`. All that a step remembers is kept in
 * variables, so that a traced step does what an eager one does.
 */
export abstract class Optimizer<Hyperparameters extends object = object> {
  readonly parameters: readonly Variable[];
  /** A float64 number, read at every step: `optimizer.learningRate.assign(0.001)` changes it. */
  readonly learningRate: Variable;
  /** What it was made with, defaults included. */
  readonly hyperparameters: Readonly<Required<Omit<OptimizerOptions, "groups">> & Hyperparameters>;
  readonly #members: readonly Member[];
  readonly #state: [name: string, variable: Variable][] = [];

  /**
   * Give `model.namedParameters()` for groups by path, and for errors that name paths. `own` are
   * the options that the class adds: any other is an error.
   */
  constructor(
    parameters: ParameterList,
    {
      learningRate,
      weightDecay = 0,
      maximize = false,
      groups = [],
      ...unknown
    }: OptimizerOptions & { learningRate: number },
    own = {} as Hyperparameters,
  ) {
    const common = ["learningRate", "weightDecay", "maximize", "groups"];
    const known = [...common, ...Object.keys(own)];
    checkOptions<Readonly<Record<string, unknown>>>(this.constructor.name, unknown, known);
    this.check("learningRate", learningRate, { min: 0 });
    this.check("weightDecay", weightDecay, { min: 0 });
    this.#members = readMembers(this.constructor.name, parameters, groups, weightDecay);
    this.parameters = this.#members.map(({ parameter }) => parameter);
    this.hyperparameters = { learningRate, weightDecay, maximize, ...own };
    this.learningRate = scalar(learningRate, { label: "learningRate" });
    this.#state.push(["learningRate", this.learningRate]);
  }

  /** Assigns the next value to parameter number `i`, which has the given gradient. */
  protected abstract update(parameter: Variable, gradient: Tensor, i: number): void;

  /**
   * Moves every parameter that has a gradient; the others, and what is remembered of them, stay as
   * they are. That none has one is an error.
   */
  step(): void {
    let moved = 0;
    const updateAll = () => {
      for (const [i, parameter] of this.parameters.entries()) {
        const gradient = parameter.grad;
        if (gradient === null) continue;
        this.update(parameter, this.hyperparameters.maximize ? gradient.neg() : gradient, i);
        moved++;
      }
    };
    noGrad(() => scope("optimizer", updateAll, this.constructor.name));
    if (moved > 0) return;
    const count = this.parameters.length;
    throw new GradientError("step", `none of the ${count} parameters has a gradient`, {
      fix: "call loss.backward() before step(), with a loss computed from these parameters",
    });
  }

  /** Forgets the gradients: `backward` adds to what is there. */
  zeroGrad(): void {
    for (const parameter of this.parameters) parameter.zeroGrad();
  }

  /** Every variable that a step uses besides the parameters, by name: for checkpoints. */
  *namedState(): Iterable<[name: string, variable: Variable]> {
    yield* this.#state;
  }

  /** What it remembers now, the learning rate too, as in `"Adam.mean.0"`: with the class's name. */
  stateDict(): StateDict {
    return readOwnState(this.constructor.name, this.#state);
  }

  /**
   * Goes on from a state that `stateDict` gave. The state of another class, or of parameters of
   * other number, shape or dtype, is an error that names both and changes nothing.
   */
  loadStateDict(state: StateDict): void {
    writeOwnState(this.constructor.name, this.#state, state);
  }

  /** Declares something to remember of each parameter: in its shape and dtype, zero at first. */
  protected remember(name: string, initial = 0): readonly Variable[] {
    return this.#declare(name, (parameter) => variable(parameter.constantLike(initial)));
  }

  /** Declares a float64 number for each parameter. */
  protected rememberNumber(name: string, initial: number): readonly Variable[] {
    return this.#declare(name, () => scalar(initial));
  }

  /** The float64 learning rate of parameter number `i`. */
  protected rate(i: number): Tensor {
    const { learningRateFactor } = this.#members[i]!;
    const rate = this.learningRate.asTensor();
    return learningRateFactor === 1 ? rate : rate.mul(learningRateFactor);
  }

  /** Weight decay as a part of the loss, `½·λ·p²`: `g + λ·p`. */
  protected penalized(gradient: Tensor, i: number): Tensor {
    const { parameter, weightDecay } = this.#members[i]!;
    return weightDecay > 0 ? gradient.add(parameter.mul(weightDecay)) : gradient;
  }

  /** Weight decay apart from the gradient: `p ← p − rate·λ·p`. */
  protected shrink(i: number): void {
    const { parameter, weightDecay } = this.#members[i]!;
    if (weightDecay === 0) return;
    const kept = this.rate(i).mul(-weightDecay).add(1);
    parameter.assign(parameter.mul(kept.cast(parameter.dtype)));
  }

  /** Refuses an option outside its range, naming the class, the option and the value. */
  protected check(option: string, value: number, range: Range): void {
    checkNumber(this.constructor.name, option, value, range);
  }

  #declare(name: string, make: (parameter: Variable) => Variable): readonly Variable[] {
    const variables = this.parameters.map((parameter, i) => make(parameter).as(`${name}.${i}`));
    this.#state.push(...variables.map((v): [string, Variable] => [v.label!, v]));
    return variables;
  }
}
