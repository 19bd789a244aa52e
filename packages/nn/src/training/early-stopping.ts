import type { Tensor } from "@neurite/autograd";
import type { EpochRecord, TrainingCallback } from "./callback.js";

interface EarlyStoppingOptions {
  /** How many epochs may pass without a new best; 10 by default. */
  readonly patience?: number;
  /** By how much an epoch must be better to count; 0 by default. */
  readonly minDelta?: number;
  /** What should become small; by default the validation loss, or the loss if there is none. */
  readonly monitor?: (record: EpochRecord) => number;
  /** Whether the parameters of the best epoch come back at the end; true by default. */
  readonly restoreBest?: boolean;
}

/** Ends training when it no longer gets better. */
export function earlyStopping({
  patience = 10,
  minDelta = 0,
  monitor = ({ validationLoss, loss }) => validationLoss ?? loss,
  restoreBest = true,
}: EarlyStoppingOptions = {}): TrainingCallback {
  let best = Number.POSITIVE_INFINITY;
  let bestEpoch = 0;
  // Leaves are immutable: to keep them is to keep the values.
  let kept: readonly Tensor[] = [];
  return {
    onStart() {
      [best, bestEpoch, kept] = [Number.POSITIVE_INFINITY, 0, []];
    },
    onEpoch({ run, ...record }) {
      const value = monitor(record);
      if (value < best - minDelta) {
        [best, bestEpoch] = [value, record.epoch];
        kept = run.model.parameters().map((parameter) => parameter.leaf);
      }
      return record.epoch - bestEpoch >= patience ? "stop" : undefined;
    },
    onEnd({ run, error }) {
      if (!restoreBest || error !== undefined || kept.length === 0) return;
      for (const [i, parameter] of run.model.parameters().entries()) parameter.assign(kept[i]!);
    },
  };
}
