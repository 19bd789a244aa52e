import type { History } from "./callback.js";
import type { FitOptions } from "./fit.js";
import * as browser from "./fit.js";
import type { Model } from "./model.js";
import { consoleProgress } from "./progress/console.js";

/** `fit` of @neurite/nn, which reports by `consoleProgress()` unless told otherwise. */
export const fit = (model: Model, options: FitOptions): Promise<History> =>
  browser.fit(model, { progress: consoleProgress(), ...options });
