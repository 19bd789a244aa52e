import { Callbacks } from "./callbacks.js";
import { dataOf } from "./checkpoint/capture.js";
import { resume } from "./checkpoint/resume.js";
import type { FitOptions } from "./fit-options.js";
import type { History } from "./history.js";
import type { Model } from "./model.js";
import { keepModes } from "./modes.js";
import { prepare } from "./prepare.js";
import { lineProgress } from "./progress/lines.js";
import { Session } from "./session.js";

/**
 * Trains a model and returns what happened. The data is checked before the first step; a loss,
 * gradient or parameter that is not finite ends the run with a TrainingError and leaves everything
 * as it was after the last good step. Other tasks get their turn at least every 50 ms, as far as a
 * single step is shorter than that.
 */
export async function fit(model: Model, options: FitOptions): Promise<History> {
  const data = prepare(model, options);
  const { optimizer, key, progress = lineProgress(), callbacks = [], resume: state } = options;
  if (state) resume(state, { model, optimizer, key, data: dataOf(data) });
  const watchers = new Callbacks(progress ? [progress, ...callbacks] : callbacks);
  const restoreModes = keepModes(model);
  const session = new Session(model, options, data, watchers);
  try {
    await session.run();
  } catch (error) {
    restoreModes();
    await watchers.end({ run: session.info, history: session.history, error });
    throw error;
  }
  restoreModes();
  await watchers.end({ run: session.info, history: session.history });
  return session.history;
}
