import type { Key, TensorLike } from "@neurite/autograd";
import type { TrainingCallback } from "./callback.js";
import type { TrainingState } from "./checkpoint/training-state.js";
import type { ClassWeights } from "./class-weights.js";
import type { Loss, Metrics, OptimizerLike } from "./model.js";

/** Rows to judge by, from which nothing is learnt. */
export interface LabelledRows {
  readonly inputs: TensorLike;
  readonly targets: TensorLike;
}

export interface FitOptions {
  /** `[rows, ...]`. */
  readonly inputs: TensorLike;
  /** `[rows, ...]`: as many rows. */
  readonly targets: TensorLike;
  /** The mean over a batch, by which the parameters learn. */
  readonly loss: Loss;
  readonly optimizer: OptimizerLike;
  /** How often to go through the data, with what a run that is resumed has done. */
  readonly epochs: number;
  /** How many rows go through the model at once; 32 by default. */
  readonly batchSize?: number;
  /**
   * How many batches a step learns from, 1 by default: their gradients are added up as if they were
   * one batch, in the memory of one.
   */
  readonly accumulate?: number;
  /** Decides the order of the rows; by default from the stream that `seed` restarts. */
  readonly key?: Key;
  /** False keeps the rows in order. */
  readonly shuffle?: boolean;
  /** Rows to judge by after each epoch. */
  readonly validation?: LabelledRows;
  /** More rows to judge by after each epoch, by name; callbacks watch `validation`. */
  readonly evaluationSets?: Readonly<Record<string, LabelledRows>>;
  /** Numbers to report beside the loss, by name. */
  readonly metrics?: Metrics;
  /** Scales the gradients of all parameters together down to this norm. */
  readonly clipNorm?: number;
  /** Limits each element of the gradients to ±this value; before `clipNorm`. */
  readonly clipValue?: number;
  /**
   * What of `Σ|w|` is added to the loss that is differentiated, over all weights: parameters of two
   * or more axes. Reports show the loss without.
   */
  readonly l1?: number;
  /** The same of `Σw²`. */
  readonly l2?: number;
  /**
   * How much each class counts, `"balanced"` for rows/(classes·rows of the class): given to a loss
   * that takes `{ weight }`, such as `crossEntropy`.
   */
  readonly classWeights?: ClassWeights;
  readonly callbacks?: readonly TrainingCallback[];
  /** Who reports: by default some ten lines on the console; false for nobody. */
  readonly progress?: TrainingCallback | false;
  /**
   * False computes step by step, operation by operation, for a model or a loss that reads values or
   * does something else each time. By default both are compiled, with the same bits.
   */
  readonly compile?: boolean;
  /**
   * Goes on where a run left off, in the same bits: model, optimizer, data and callbacks have to be
   * made as they were for that run. One that a callback had stopped stays stopped.
   */
  readonly resume?: TrainingState;
  /** Ends the run after the step that is under way when it is aborted. */
  readonly signal?: AbortSignal;
}

/** The names of `FitOptions`. */
export const fitOptions = [
  "inputs",
  "targets",
  "loss",
  "optimizer",
  "epochs",
  "batchSize",
  "accumulate",
  "key",
  "shuffle",
  "validation",
  "evaluationSets",
  "metrics",
  "clipNorm",
  "clipValue",
  "l1",
  "l2",
  "classWeights",
  "callbacks",
  "progress",
  "compile",
  "resume",
  "signal",
] as const;
