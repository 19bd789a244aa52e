import { ValueError } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { checkCount } from "../options.js";
import { Schedule, type Scheduled } from "./schedule.js";

export interface OneCycleLROptions {
  /** The highest rate; the optimizer's own is not used. */
  readonly maxLearningRate: number;
  /** How many rates there are; after the last one the rate stays. */
  readonly totalSteps: number;
  /** The share of the steps in which the rate rises; 0.3 by default. */
  readonly pctStart?: number;
  /** The way from one rate to the next: half a cosine wave, which is the default, or a line. */
  readonly annealStrategy?: "cos" | "linear";
  /** The highest rate over the first; 25 by default. */
  readonly divFactor?: number;
  /** The first rate over the last; 1e4 by default. */
  readonly finalDivFactor?: number;
  /** Whether the way down has two parts, the first as long as the way up; false by default. */
  readonly threePhase?: boolean;
}

/** Where a stretch of steps ends, which need not be an integer, and with which rate. */
interface Milestone {
  readonly step: number;
  readonly rate: number;
}

/**
 * Up from `maxLearningRate/divFactor` to `maxLearningRate`, then down to `finalDivFactor` times
 * less than at the start; to be stepped after each batch. As in PyTorch with cycle_momentum=False:
 * momentum stays. Smith and Topin, "Super-convergence", 2018.
 */
export class OneCycleLR extends Schedule {
  readonly #first: number;
  readonly #milestones: readonly Milestone[];
  readonly #isCosine: boolean;

  constructor(optimizer: Scheduled, options: OneCycleLROptions) {
    super(optimizer);
    checkOptions("OneCycleLR", options, [
      "maxLearningRate",
      "totalSteps",
      "pctStart",
      "annealStrategy",
      "divFactor",
      "finalDivFactor",
      "threePhase",
    ]);
    const { maxLearningRate, totalSteps, pctStart = 0.3, annealStrategy = "cos" } = options;
    const { divFactor = 25, finalDivFactor = 1e4, threePhase = false } = options;
    this.check("maxLearningRate", maxLearningRate, { min: 0 });
    checkCount("OneCycleLR", "totalSteps", totalSteps);
    this.check("pctStart", pctStart, { min: 0, max: 1 });
    this.check("divFactor", divFactor, { above: 0 });
    this.check("finalDivFactor", finalDivFactor, { above: 0 });
    if (annealStrategy !== "cos" && annealStrategy !== "linear") {
      throw new ValueError("OneCycleLR", `annealStrategy is "${annealStrategy}"`, {
        fix: 'use "cos" or "linear"',
      });
    }
    const first = maxLearningRate / divFactor;
    const rise = pctStart * totalSteps;
    this.#first = first;
    this.#milestones = [
      { step: rise - 1, rate: maxLearningRate },
      ...(threePhase ? [{ step: 2 * rise - 2, rate: first }] : []),
      { step: totalSteps - 1, rate: first / finalDivFactor },
    ];
    this.#isCosine = annealStrategy === "cos";
    this.apply();
  }

  override rateFrom(_initial: number, step: number): number {
    const t = Math.min(step, this.#milestones.at(-1)!.step);
    const i = this.#milestones.findIndex((milestone) => t <= milestone.step);
    const end = this.#milestones[i]!;
    const start = this.#milestones[i - 1] ?? { step: 0, rate: this.#first };
    const share = end.step > start.step ? (t - start.step) / (end.step - start.step) : 1;
    const weight = this.#isCosine ? (1 - Math.cos(Math.PI * share)) / 2 : share;
    return start.rate + (end.rate - start.rate) * weight;
  }
}
