import { checkOptions } from "../option-names.js";
import { checkCount } from "../options.js";
import { Schedule, type Scheduled } from "./schedule.js";

export interface StepLROptions {
  /** How many steps a rate lasts. */
  readonly stepSize: number;
  /** What a rate is multiplied by to give the next: γ, 0.1 by default. */
  readonly gamma?: number;
}

/** Stairs: `initial·γ^⌊t/stepSize⌋`. As in PyTorch. */
export class StepLR extends Schedule {
  readonly #options: Required<StepLROptions>;

  constructor(optimizer: Scheduled, options: StepLROptions) {
    super(optimizer);
    const { stepSize, gamma = 0.1 } = checkOptions("StepLR", options, ["stepSize", "gamma"]);
    checkCount("StepLR", "stepSize", stepSize);
    this.check("gamma", gamma, { min: 0 });
    this.#options = { stepSize, gamma };
  }

  override rateFrom(initial: number, step: number): number {
    const { stepSize, gamma } = this.#options;
    return initial * gamma ** Math.floor(step / stepSize);
  }
}
