import { scalar, type Variable } from "@neurite/autograd";
import { checkNumber, type Range } from "../options.js";
import { readOwnState, writeOwnState } from "../own-state.js";
import type { StateDict } from "../state.js";

/** What a schedule moves: an optimizer, of which it sets the learning rate. */
export interface Scheduled {
  readonly learningRate: Variable;
}

/**
 * A learning rate over time, as a formula of the number of steps. Call `step()` after each epoch,
 * or after each batch if the schedule counts those; not inside a compiled function, which reads the
 * rate anew at every call anyway.
 */
export abstract class Schedule {
  readonly #initial: Variable;
  readonly #steps = scalar(0, { label: "steps" });
  readonly #optimizer: Scheduled;

  constructor(optimizer: Scheduled, initial = optimizer.learningRate.item()) {
    this.#optimizer = optimizer;
    this.#initial = scalar(initial, { label: "initial" });
  }

  /** The rate after `step` steps, for a rate of `initial` before the first. */
  abstract rateFrom(initial: number, step: number): number;

  /** The rate after `step` steps, whatever was done so far: for a plot. */
  rateAt(step: number): number {
    return this.rateFrom(this.initial, step);
  }

  /** The rate that the optimizer had when the schedule was made. */
  get initial(): number {
    return this.#initial.item();
  }

  /** How many steps were made. */
  get steps(): number {
    return this.#steps.item();
  }

  /** Counts one step and sets the rate that follows it. */
  step(): void {
    this.#steps.assign(this.steps + 1);
    this.apply();
  }

  /** Sets the rate for the present number of steps. */
  protected apply(): void {
    this.#optimizer.learningRate.assign(this.rateAt(this.steps));
  }

  /** Where it stands, by name: for checkpoints. */
  *namedState(): Iterable<[name: string, variable: Variable]> {
    yield ["initial", this.#initial];
    yield ["steps", this.#steps];
  }

  /** Where it stands, as in `"StepLR.steps"`. */
  stateDict(): StateDict {
    return readOwnState(this.constructor.name, this.namedState());
  }

  /**
   * Goes on from there, and sets the rate that belongs to it. The state of another class is an
   * error that names both.
   */
  loadStateDict(state: StateDict): void {
    writeOwnState(this.constructor.name, this.namedState(), state);
    this.apply();
  }

  /** Refuses an option outside its range, naming the class, the option and the value. */
  protected check(option: string, value: number, range: Range): void {
    checkNumber(this.constructor.name, option, value, range);
  }
}
