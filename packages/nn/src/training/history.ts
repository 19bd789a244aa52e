import type { Overfitting } from "./overfitting.js";

type Numbers = Readonly<Record<string, number>>;

/** Loss and metrics of one set of rows. */
export interface Evaluation {
  readonly loss: number;
  readonly metrics: Numbers;
}

/** One pass over the data. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** The mean over the rows, each counted as the model was when it saw them. */
  readonly loss: number;
  /** Of the training rows, from the same outputs as `loss`. */
  readonly metrics: Numbers;
  /** After the epoch; there if validation data was given. */
  readonly validationLoss?: number;
  readonly validationMetrics?: Numbers;
  /** Of the other evaluation sets, by name; there if some were given. */
  readonly evaluations?: Readonly<Record<string, Evaluation>>;
  /** At the last step of the epoch. */
  readonly learningRate: number;
  /** How long the epoch took, with its validation. */
  readonly seconds: number;
}

/** What `fit` did, with what was done before by a run that it resumed. */
export interface History {
  readonly epochs: readonly EpochRecord[];
  readonly steps: number;
  /** Whether a callback ended it before its time. */
  readonly stopped: boolean;
  /** Whether `signal` ended it after a step, or after an epoch. */
  readonly interrupted: boolean;
  /** The evidence that the model learns the training rows by heart; null if there is none. */
  readonly overfitting: Overfitting | null;
}
