import { checkOptions } from "../option-names.js";
import { Schedule, type Scheduled } from "./schedule.js";

export interface ExponentialLROptions {
  /** What the rate is multiplied by at each step: γ. */
  readonly gamma: number;
}

/** `initial·γᵗ`. As in PyTorch. */
export class ExponentialLR extends Schedule {
  readonly #gamma: number;

  constructor(optimizer: Scheduled, options: ExponentialLROptions) {
    super(optimizer);
    const { gamma } = checkOptions("ExponentialLR", options, ["gamma"]);
    this.check("gamma", gamma, { min: 0 });
    this.#gamma = gamma;
  }

  override rateFrom(initial: number, step: number): number {
    return initial * this.#gamma ** step;
  }
}
