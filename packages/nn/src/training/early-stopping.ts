import type { Tensor } from "@neurite/autograd";
import type { TrainingCallback } from "./callback.js";
import type { EpochRecord } from "./history.js";
import type { Model } from "./model.js";

interface EarlyStoppingOptions {
  /** How many epochs may pass without a new best; 10 by default. */
  readonly patience?: number;
  /** By how much an epoch must be better to count; 0 by default. */
  readonly minDelta?: number;
  /** What should become small; by default the validation loss, or the loss if there is none. */
  readonly monitor?: (record: EpochRecord) => number;
  /** Whether the model of the best epoch comes back at the end; true by default. */
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
  let kept: Readonly<Record<string, Tensor>> = {};
  return {
    name: "earlyStopping",
    onStart() {
      [best, bestEpoch, kept] = [Number.POSITIVE_INFINITY, 0, {}];
    },
    onEpoch({ run, ...record }) {
      const value = monitor(record);
      if (value < best - minDelta) {
        [best, bestEpoch] = [value, record.epoch];
        if (restoreBest) kept = valuesOf(run.model);
      }
      return record.epoch - bestEpoch >= patience ? "stop" : undefined;
    },
    onEnd({ run, error }) {
      if (error !== undefined) return;
      for (const [path, variable] of run.model.namedState()) {
        const value = kept[path];
        if (value) variable.assign(value);
      }
    },
    save: () => ({ json: { best, bestEpoch }, tensors: kept }),
    restore({ json, tensors = {} }) {
      const saved = json as { readonly best: number; readonly bestEpoch: number };
      [best, bestEpoch, kept] = [saved.best, saved.bestEpoch, tensors];
    },
  };
}

/** Parameters and running statistics by path; random keys go on. Leaves are immutable. */
const valuesOf = (model: Model): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(
    [...model.namedState()]
      .filter(([, { dtype }]) => /^float/.test(dtype))
      .map(([path, { leaf }]) => [path, leaf]),
  );
