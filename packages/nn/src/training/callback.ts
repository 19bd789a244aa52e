import type { CallbackState, TrainingState } from "./checkpoint/training-state.js";
import type { EpochRecord, History } from "./history.js";
import type { Model, OptimizerLike } from "./model.js";
import type { Overfitting } from "./overfitting.js";
import type { ParameterReport } from "./statistics.js";

/** What stays the same while `fit` runs. */
export interface TrainingRun {
  readonly model: Model;
  readonly optimizer: OptimizerLike;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** How many rows there are to learn from. */
  readonly rows: number;
  readonly batchSize: number;
  /** What was done by the run that this one resumes; empty if it resumes none. */
  readonly before: History;
  /** What a log keeps of a run: the optimizer and its hyperparameters, options, sizes. */
  readonly parameters: RunParameters;
  /** The model's modules with shapes, parameters and operations, as a table. */
  summary(): string;
}

export type RunParameters = Readonly<Record<string, string | number | boolean>>;

/** One update of the parameters. */
export interface StepEvent {
  readonly run: TrainingRun;
  /** The epoch, from 1. */
  readonly epoch: number;
  /** The step since the first epoch began, from 1. */
  readonly step: number;
  /** The loss of the batch, before the update. */
  readonly loss: number;
  readonly learningRate: number;
}

/** The epoch that has just ended. */
export interface EpochEvent extends EpochRecord {
  readonly run: TrainingRun;
}

/** Something to tell the user while the run goes on. */
export interface WarningEvent {
  readonly run: TrainingRun;
  readonly epoch: number;
  readonly message: string;
  readonly evidence: Overfitting;
}

/** What the parameters and their gradients are like after a step, by path. */
export interface StatisticsEvent {
  readonly run: TrainingRun;
  readonly epoch: number;
  readonly step: number;
  readonly parameters: Readonly<Record<string, ParameterReport>>;
}

/** A place from which training can go on later. */
export interface CheckpointEvent {
  readonly run: TrainingRun;
  readonly epoch: number;
  readonly step: number;
  /** Whether the epoch has just been recorded; else a step has been taken. */
  readonly epochEnded: boolean;
  /** Whether a callback has ended the run. */
  readonly stopped: boolean;
  /** Whether the run ends here because of `signal`. */
  readonly interrupted: boolean;
  /** Everything a resumed run needs. */
  state(): TrainingState;
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
 * Watches `fit` at work. Each method may return a promise, which `fit` awaits. `onStart`, `onStep`
 * and `onEpoch` may answer or resolve "stop": the epoch then ends, is validated and recorded, and
 * is the last.
 */
export interface TrainingCallback {
  /** Under what a checkpoint keeps the result of `save`. */
  readonly name?: string;
  /** After every how many steps `onStatistics` is wanted; never if left out. */
  readonly statisticsEvery?: number;
  onStart?(run: TrainingRun): Answer;
  onStep?(event: StepEvent): Answer;
  onStatistics?(event: StatisticsEvent): void | Promise<void>;
  onEpoch?(event: EpochEvent): Answer;
  /** At most once a run for each kind of warning. */
  onWarning?(event: WarningEvent): void | Promise<void>;
  /** After each step and each epoch, when every callback has seen it. */
  onCheckpoint?(event: CheckpointEvent): void | Promise<void>;
  /** Once `fit` has begun it also ends, with an error or without. */
  onEnd?(event: EndEvent): void | Promise<void>;
  /** What it has to remember for a resumed run to go on as if there had been no break. */
  save?(): CallbackState;
  /** Takes back what `save` returned, after `onStart`. */
  restore?(state: CallbackState): void;
}
