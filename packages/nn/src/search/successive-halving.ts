import { checkCount } from "../options.js";
import { SearchResult } from "./result.js";
import { candidatesOf, describeSearch, samplesOf } from "./search.js";
import type { Space } from "./space.js";
import { type Objective, type SearchOptions, Trials } from "./trials.js";

export interface SuccessiveHalvingOptions extends SearchOptions {
  /** How many configurations begin. */
  readonly trials: number;
  /** The budget of the first round, such as a number of epochs; 1 by default. */
  readonly minBudget?: number;
  /** One configuration in so many goes on, with so many times the budget; 3 by default. */
  readonly reduction?: number;
}

/**
 * Tries many random configurations for a short time, and the best of them for longer, until one is
 * left. Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
 * optimization", 2016.
 */
export async function successiveHalving<S extends Space>(
  space: S,
  objective: Objective<S>,
  options: SuccessiveHalvingOptions,
): Promise<SearchResult<S>> {
  const { key, trials: count, minBudget = 1, reduction = 3, maximize = false } = options;
  checkCount("successiveHalving", "trials", count);
  checkCount("successiveHalving", "minBudget", minBudget);
  checkCount("successiveHalving", "reduction", reduction - 1);
  const rule = { trials: count, minBudget, reduction };
  const search = describeSearch("successiveHalving", space, key, rule);
  const trials = new Trials(search, objective, options);
  let candidates = candidatesOf(samplesOf(space, key, count), minBudget);
  for (;;) {
    const round = await trials.run(candidates);
    if (round.length === 1) return new SearchResult(trials.all, maximize, search);
    const { ranked } = new SearchResult(round, maximize, search);
    const best = ranked.slice(0, Math.max(1, Math.floor(round.length / reduction)));
    candidates = best.map((trial) => ({
      number: trial.number,
      configuration: trial.configuration,
      budget: trial.budget * reduction,
    }));
  }
}
