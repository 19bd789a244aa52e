import { checkOptions } from "../option-names.js";
import { checkCount } from "../options.js";
import { Schedule, type Scheduled } from "./schedule.js";

export interface LinearWarmupOptions {
  /** After how many steps the rate is whole. */
  readonly steps: number;
  /** Where it begins, as a multiple of the initial rate; 1/3 by default. */
  readonly startFactor?: number;
  /** What follows the warm-up, with t counted from its end; by default the rate stays. */
  readonly then?: Schedule;
}

/**
 * A rate that rises to its initial value: `initial·(s + (1 − s)·t/steps)` up to t = steps, where s
 * is `startFactor`. As PyTorch's LinearLR, and with `then` as its SequentialLR, where only the
 * warm-up is stepped and saved: `new LinearWarmup(optimizer, { steps: 5, then: cosine })`, with a
 * `cosine` made for the same optimizer.
 */
export class LinearWarmup extends Schedule {
  readonly #steps: number;
  readonly #startFactor: number;
  readonly #then: Schedule | undefined;

  constructor(optimizer: Scheduled, options: LinearWarmupOptions) {
    const {
      steps,
      startFactor = 1 / 3,
      then,
    } = checkOptions("LinearWarmup", options, ["steps", "startFactor", "then"]);
    super(optimizer, then?.initial);
    checkCount("LinearWarmup", "steps", steps);
    this.check("startFactor", startFactor, { min: 0, max: 1 });
    this.#steps = steps;
    this.#startFactor = startFactor;
    this.#then = then;
    this.apply();
  }

  override rateFrom(initial: number, step: number): number {
    if (step >= this.#steps) return this.#then?.rateFrom(initial, step - this.#steps) ?? initial;
    const factor = this.#startFactor + ((1 - this.#startFactor) * step) / this.#steps;
    return initial * factor;
  }
}
