import { checkOptions } from "../option-names.js";
import { checkCount } from "../options.js";
import { Schedule, type Scheduled } from "./schedule.js";

export interface CosineAnnealingLROptions {
  /** After how many steps the rate is least: T. */
  readonly tMax: number;
  /** The least rate; 0 by default. */
  readonly etaMin?: number;
}

/**
 * Half a cosine wave down, `etaMin + (initial − etaMin)·(1 + cos(π·t/T))/2`, which rises again
 * after T. As in PyTorch. Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm
 * restarts", ICLR 2017, without the restarts.
 */
export class CosineAnnealingLR extends Schedule {
  readonly #options: Required<CosineAnnealingLROptions>;

  constructor(optimizer: Scheduled, options: CosineAnnealingLROptions) {
    super(optimizer);
    const { tMax, etaMin = 0 } = checkOptions("CosineAnnealingLR", options, ["tMax", "etaMin"]);
    checkCount("CosineAnnealingLR", "tMax", tMax);
    this.check("etaMin", etaMin, { min: 0 });
    this.#options = { tMax, etaMin };
  }

  override rateFrom(initial: number, step: number): number {
    const { tMax, etaMin } = this.#options;
    return etaMin + ((initial - etaMin) * (1 + Math.cos((Math.PI * step) / tMax))) / 2;
  }
}
