import type { Model, OptimizerLike } from "./model.js";

/** What stays the same while `fit` runs. */
export interface TrainingRun {
  readonly model: Model;
  readonly optimizer: OptimizerLike;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** How many rows there are to learn from. */
  readonly rows: number;
  readonly batchSize: number;
}

/** One update of the parameters. */
export interface StepEvent {
  readonly run: TrainingRun;
  /** The epoch, from 1. */
  readonly epoch: number;
  /** The step since the start of `fit`, from 1. */
  readonly step: number;
  /** The loss of the batch, before the update. */
  readonly loss: number;
  readonly learningRate: number;
}

type Numbers = Readonly<Record<string, number>>;

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
  /** How long the epoch took, with its validation. */
  readonly seconds: number;
}

/** The epoch that has just ended. */
export interface EpochEvent extends EpochRecord {
  readonly run: TrainingRun;
}

/** What `fit` did. */
export interface History {
  readonly epochs: readonly EpochRecord[];
  readonly steps: number;
  /** Whether a callback ended it before its time. */
  readonly stopped: boolean;
}

export interface EndEvent {
  readonly run: TrainingRun;
  readonly history: History;
  /** What went wrong, if something did: `fit` throws it when the callbacks have run. */
  readonly error?: unknown;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a callback that only watches returns nothing
type Answer = "stop" | void | Promise<unknown>;

/**
 * Watches `fit` at work. Each method may return a promise, which `fit` awaits, and all but `onEnd`
 * may answer or resolve "stop": the epoch then ends, is validated and recorded, and is the last.
 */
export interface TrainingCallback {
  onStart?(run: TrainingRun): Answer;
  onStep?(event: StepEvent): Answer;
  onEpoch?(event: EpochEvent): Answer;
  /** Once `fit` has begun it also ends, with an error or without. */
  onEnd?(event: EndEvent): void | Promise<void>;
}
