import { type Operand, scalar, ValueError, type Variable } from "@neurite/autograd";
import { checkOptions } from "../option-names.js";
import { checkNumber } from "../options.js";
import { readOwnState, writeOwnState } from "../own-state.js";
import type { StateDict } from "../state.js";
import type { Scheduled } from "./schedule.js";

export interface ReduceLROnPlateauOptions {
  /** Whether less is better, which is the default, or more. */
  readonly mode?: "min" | "max";
  /** What the rate is multiplied by when nothing improves; 0.1 by default. */
  readonly factor?: number;
  /** How many steps without improvement are borne; 10 by default. */
  readonly patience?: number;
  /** How much better than the best a value must be to count; 1e-4 by default. */
  readonly threshold?: number;
  /** Whether the threshold is a share of the best value, which is the default, or a difference. */
  readonly thresholdMode?: "rel" | "abs";
  /** How many steps after a reduction nothing is counted; 0 by default. */
  readonly cooldown?: number;
  /** The least rate; 0 by default. */
  readonly minLearningRate?: number;
  /** A change of the rate by no more than this is not made; 1e-8 by default. */
  readonly eps?: number;
}

/**
 * Reduces the rate when a value, such as the validation loss, has stopped getting better: after
 * more than `patience` steps without improvement in a row,
 * `rate ← max(factor·rate, minLearningRate)`. NaN is no improvement. As in PyTorch.
 */
export class ReduceLROnPlateau {
  readonly #optimizer: Scheduled;
  readonly #options: Required<ReduceLROnPlateauOptions>;
  readonly #best: Variable;
  readonly #badSteps = scalar(0, { label: "badSteps" });
  readonly #cooldownLeft = scalar(0, { label: "cooldownLeft" });

  constructor(optimizer: Scheduled, given: ReduceLROnPlateauOptions = {}) {
    const names = Object.keys(defaults) as (keyof ReduceLROnPlateauOptions)[];
    const options = { ...defaults, ...checkOptions("ReduceLROnPlateau", given, names) };
    const { mode, thresholdMode } = options;
    checkNumber("ReduceLROnPlateau", "factor", options.factor, { min: 0, below: 1 });
    for (const name of ["patience", "threshold", "cooldown", "minLearningRate", "eps"] as const) {
      checkNumber("ReduceLROnPlateau", name, options[name], { min: 0 });
    }
    if (mode !== "min" && mode !== "max") {
      throw new ValueError("ReduceLROnPlateau", `mode is "${mode}"`, { fix: 'use "min" or "max"' });
    }
    if (thresholdMode !== "rel" && thresholdMode !== "abs") {
      throw new ValueError("ReduceLROnPlateau", `thresholdMode is "${thresholdMode}"`, {
        fix: 'use "rel" or "abs"',
      });
    }
    this.#optimizer = optimizer;
    this.#options = options;
    this.#best = scalar(mode === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY, {
      label: "best",
    });
  }

  /** The best value so far; an infinity before the first. */
  get best(): number {
    return this.#best.item();
  }

  /** Takes note of the value after an epoch, and reduces the rate if that is due. */
  step(value: number | Operand): void {
    const { patience, cooldown } = this.#options;
    const current = typeof value === "number" ? value : value.item();
    const isBetter = this.#isBetter(current);
    if (isBetter) this.#best.assign(current);
    const cooldownLeft = this.#cooldownLeft.item();
    const badSteps = isBetter || cooldownLeft > 0 ? 0 : this.#badSteps.item() + 1;
    const isDue = badSteps > patience;
    if (isDue) this.#reduce();
    this.#badSteps.assign(isDue ? 0 : badSteps);
    this.#cooldownLeft.assign(isDue ? cooldown : Math.max(0, cooldownLeft - 1));
  }

  /** Where it stands, by name: for checkpoints. */
  *namedState(): Iterable<[name: string, variable: Variable]> {
    yield ["best", this.#best];
    yield ["badSteps", this.#badSteps];
    yield ["cooldownLeft", this.#cooldownLeft];
  }

  /** Where it stands, as in `"ReduceLROnPlateau.best"`; the rate is in the optimizer's state. */
  stateDict(): StateDict {
    return readOwnState("ReduceLROnPlateau", this.namedState());
  }

  /** Goes on from there. The state of another class is an error that names both. */
  loadStateDict(state: StateDict): void {
    writeOwnState("ReduceLROnPlateau", this.namedState(), state);
  }

  #isBetter(value: number): boolean {
    const { mode, threshold, thresholdMode } = this.#options;
    const margin = mode === "min" ? -threshold : threshold;
    const bound = thresholdMode === "rel" ? this.best * (1 + margin) : this.best + margin;
    return mode === "min" ? value < bound : value > bound;
  }

  #reduce(): void {
    const { factor, minLearningRate, eps } = this.#options;
    const { learningRate } = this.#optimizer;
    const rate = learningRate.item();
    const reduced = Math.max(rate * factor, minLearningRate);
    if (rate - reduced > eps) learningRate.assign(reduced);
  }
}

const defaults = {
  mode: "min",
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  thresholdMode: "rel",
  cooldown: 0,
  minLearningRate: 0,
  eps: 1e-8,
} as const;
