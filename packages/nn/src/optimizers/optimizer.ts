import {
  GradientError,
  noGrad,
  scalar,
  scope,
  type Tensor,
  ValueError,
  Variable,
  variable,
} from "@neurite/autograd";
import { checkNumber } from "../options.js";

export interface OptimizerOptions {
  /** How far a step goes. */
  readonly learningRate?: number;
}

/**
 * Moves parameters against their gradients. A training step is three lines:
 * `optimizer.zeroGrad(); loss.backward(); optimizer.step()`. All that a step remembers is kept in
 * variables, so that a traced step does what an eager one does.
 */
export abstract class Optimizer {
  readonly parameters: readonly Variable[];
  /** A float64 number, read at every step: `optimizer.learningRate.assign(0.001)` changes it. */
  readonly learningRate: Variable;
  readonly #state: [name: string, variable: Variable][] = [];

  constructor(parameters: Iterable<Variable>, learningRate: number) {
    const name = this.constructor.name;
    this.parameters = readParameters(name, parameters);
    checkNumber(name, "learningRate", learningRate, { min: 0 });
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
        this.update(parameter, gradient, i);
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

  /** Declares something to remember of each parameter: in its shape and dtype, zero at first. */
  protected remember(name: string): readonly Variable[] {
    return this.#declare(name, (parameter) => variable(parameter.constantLike(0)));
  }

  /** Declares a float64 number for each parameter. */
  protected rememberNumber(name: string, initial: number): readonly Variable[] {
    return this.#declare(name, () => scalar(initial));
  }

  #declare(name: string, make: (parameter: Variable) => Variable): readonly Variable[] {
    const variables = this.parameters.map((parameter, i) => make(parameter).as(`${name}.${i}`));
    this.#state.push(...variables.map((v): [string, Variable] => [v.label!, v]));
    return variables;
  }
}

function readParameters(optimizer: string, parameters: Iterable<Variable>): readonly Variable[] {
  const list = [...parameters];
  if (list.length === 0) {
    throw new ValueError(optimizer, "the list of parameters is empty", {
      fix: "give model.parameters(), or the variables that should learn",
    });
  }
  for (const [i, parameter] of list.entries()) {
    if (!(parameter instanceof Variable) || !/^float/.test(parameter.dtype)) {
      throw new ValueError(optimizer, `entry ${i} is not a float32 or float64 variable`, {
        fix: "give model.parameters(), or the variables that should learn",
      });
    }
    const first = list.indexOf(parameter);
    if (first === i) continue;
    const label = parameter.label === undefined ? "one parameter" : `parameter ${parameter.label}`;
    throw new ValueError(optimizer, `${label} is listed twice, at positions ${first} and ${i}`, {
      fix: "list it once: it would be moved twice in a step",
    });
  }
  return list;
}
