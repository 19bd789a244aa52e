import type { StateDict } from "../state.js";
import type { TrainingCallback } from "./callback.js";
import type { EpochRecord } from "./history.js";

/** What moves a learning rate over time, such as `new StepLR(optimizer, ...)`. */
export interface SchedulerLike {
  /** One step further; a scheduler that watches a loss is told it. */
  step(value: number): void;
  stateDict(): StateDict;
  loadStateDict(state: StateDict): void;
}

interface ScheduleOptions {
  /** What a step of the scheduler is: an epoch, the default, or a step of `fit`. */
  readonly every?: "epoch" | "step";
  /** What a scheduler such as ReduceLROnPlateau watches; as for early stopping by default. */
  readonly monitor?: (record: EpochRecord) => number;
}

/** Moves a scheduler on after each epoch, or after each step. */
export function schedule(
  scheduler: SchedulerLike,
  {
    every = "epoch",
    monitor = ({ validationLoss, loss }) => validationLoss ?? loss,
  }: ScheduleOptions = {},
): TrainingCallback {
  return {
    name: "schedule",
    ...(every === "step"
      ? { onStep: ({ loss }) => scheduler.step(loss) }
      : { onEpoch: ({ run: _, ...record }) => scheduler.step(monitor(record)) }),
    save: () => ({ tensors: scheduler.stateDict() }),
    restore: ({ tensors = {} }) => scheduler.loadStateDict(tensors),
  };
}
