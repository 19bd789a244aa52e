import { checkCount } from "../../options.js";
import type { TrainingCallback } from "../callback.js";
import type { TrainingState } from "./training-state.js";

export interface CheckpointOptions {
  /** Takes the state, to keep it somewhere; training waits for the promise that it returns. */
  readonly save: (state: TrainingState) => void | Promise<void>;
  /** After every how many epochs to save; 1 by default. */
  readonly every?: number;
  /** After every how many steps to save, within epochs too; never by default. */
  readonly everySteps?: number;
}

/**
 * Saves all that it takes to go on: after epochs, and where the run ends, also because of `signal`
 * in the middle of an epoch. Give what was saved to `fit` as `resume`.
 */
export function saveCheckpoints({
  save,
  every = 1,
  everySteps,
}: CheckpointOptions): TrainingCallback {
  checkCount("saveCheckpoints", "every", every);
  if (everySteps !== undefined) checkCount("saveCheckpoints", "everySteps", everySteps);
  return {
    onCheckpoint(event) {
      const { run, epoch, step, epochEnded, interrupted } = event;
      const isDue = epochEnded
        ? epoch % every === 0 || epoch === run.epochs || event.stopped
        : everySteps !== undefined && step % everySteps === 0;
      return isDue || interrupted ? save(event.state()) : undefined;
    },
  };
}
