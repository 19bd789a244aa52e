import { noGrad, scalar, type Tensor, type Variable, variable } from "@neurite/autograd";
import { readOwnState, writeOwnState } from "../own-state.js";
import type { StateDict } from "../state.js";
import { type ParameterList, readParameters } from "./parameter-list.js";

/**
 * Averages of parameters over the steps of a training, for a model that is better than its last
 * state: `update()` after each `optimizer.step()`, in the compiled step too, and
 * `averages.apply(() => evaluate(model, …))` or `swap()` to use them. Buffers, such as running
 * means, are not averaged. As PyTorch's AveragedModel.
 */
export abstract class AveragedParameters {
  readonly parameters: readonly Variable[];
  /** How many updates there were: float64. */
  readonly #count = scalar(0, { label: "count" });
  readonly #averages: readonly Variable[];

  constructor(parameters: ParameterList) {
    const listed = readParameters(this.constructor.name, parameters);
    this.parameters = listed.map(({ parameter }) => parameter);
    this.#averages = this.parameters.map((parameter, i) =>
      variable(parameter.stopGradient()).as(`average.${i}`),
    );
  }

  /** The next average; `count` is how many values the present one is of, at least 1, in float64. */
  protected abstract next(average: Tensor, parameter: Tensor, count: Tensor): Tensor;

  /** Takes the present values into the averages; the first ones are the averages. */
  update(): void {
    noGrad(() => {
      const count = this.#count.asTensor();
      for (const [i, parameter] of this.parameters.entries()) {
        const average = this.#averages[i]!;
        const next = this.next(average.asTensor(), parameter.asTensor(), count.maximum(1));
        average.assign(count.eq(0).where(parameter, next));
      }
      this.#count.assign(count.add(1));
    });
  }

  /** Exchanges the values of the parameters and the averages; a second time puts them back. */
  swap(): void {
    noGrad(() => {
      for (const [i, parameter] of this.parameters.entries()) {
        const average = this.#averages[i]!;
        const value = parameter.asTensor();
        parameter.assign(average.asTensor());
        average.assign(value);
      }
    });
  }

  /** Does something while the parameters are the averages, and answers what it does. */
  apply<T>(body: () => T): T {
    this.swap();
    let result: T;
    try {
      result = body();
    } catch (error) {
      this.swap();
      throw error;
    }
    if (result instanceof Promise) return result.finally(() => this.swap()) as T;
    this.swap();
    return result;
  }

  /** What it remembers, by name: for checkpoints. */
  *namedState(): Iterable<[name: string, variable: Variable]> {
    yield ["count", this.#count];
    for (const average of this.#averages) yield [average.label!, average];
  }

  /** The averages now and their number, as in `"EMA.average.0"`. */
  stateDict(): StateDict {
    return readOwnState(this.constructor.name, this.namedState());
  }

  /** Goes on from there; the state of another class or of other shapes is an error. */
  loadStateDict(state: StateDict): void {
    writeOwnState(this.constructor.name, this.namedState(), state);
  }
}
