import * as browser from "../fit.js";
import type { FitOptions } from "../fit-options.js";
import type { History } from "../history.js";
import type { Model } from "../model.js";
import { consoleProgress } from "../progress/console.js";
import { readCheckpoint } from "./checkpoint-file.js";
import { withInterrupt } from "./interrupt.js";

export interface NodeFitOptions extends Omit<FitOptions, "resume"> {
  /** A state, or the path of a file that holds one. */
  readonly resume?: FitOptions["resume"] | string;
  /**
   * What Ctrl-C does: `"exit"`, the default, finishes the step, lets callbacks save and ends the
   * program; `"return"` lets `fit` return a history that says `interrupted`; false leaves it alone.
   * A second Ctrl-C ends the program at once.
   */
  readonly interrupt?: "exit" | "return" | false;
}

/**
 * `fit` of @neurite/nn, which reports by `consoleProgress()` unless told otherwise, resumes from
 * files, and ends in good order at Ctrl-C.
 */
export async function fit(model: Model, options: NodeFitOptions): Promise<History> {
  const { resume, interrupt = "exit", ...rest } = options;
  const state = typeof resume === "string" ? await readCheckpoint(resume) : resume;
  const own = { progress: consoleProgress(), ...rest, ...(state && { resume: state }) };
  return withInterrupt(interrupt, options.signal, (signal) =>
    browser.fit(model, { ...own, ...(signal && { signal }) }),
  );
}
