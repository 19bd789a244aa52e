import { foldIn, type Key } from "@neurite/autograd";
import { checkCount } from "../options.js";
import { SearchResult } from "./result.js";
import { type Configuration, gridOf, type Space, sampleFrom } from "./space.js";
import { type Objective, type SearchOptions, Trials } from "./trials.js";

export interface GridSearchOptions extends SearchOptions {
  /** How many values a range gets; 5 by default. */
  readonly points?: number;
}

export interface RandomSearchOptions extends SearchOptions {
  /** How many configurations to try. */
  readonly trials: number;
}

/** Tries every combination of the dimensions' values. */
export async function gridSearch<S extends Space>(
  space: S,
  objective: Objective<S>,
  options: GridSearchOptions,
): Promise<SearchResult<S>> {
  const { points = 5, maximize = false } = options;
  checkCount("gridSearch", "points", points);
  const search = describeSearch("gridSearch", space, options.key, { points });
  const trials = new Trials(search, objective, options);
  await trials.run(candidatesOf(gridOf(space, points), 1));
  return new SearchResult(trials.all, maximize, search);
}

/**
 * Tries random combinations: better than a grid when few of the hyperparameters matter. Bergstra
 * and Bengio, "Random search for hyper-parameter optimization", 2012.
 */
export async function randomSearch<S extends Space>(
  space: S,
  objective: Objective<S>,
  options: RandomSearchOptions,
): Promise<SearchResult<S>> {
  const { key, maximize = false } = options;
  checkCount("randomSearch", "trials", options.trials);
  // The number of trials is no part of the description: a search may go on for longer.
  const search = describeSearch("randomSearch", space, key, {});
  const trials = new Trials(search, objective, options);
  await trials.run(candidatesOf(samplesOf(space, key, options.trials), 1));
  return new SearchResult(trials.all, maximize, search);
}

/** Random configurations; the first ones are the same however many there are. */
export const samplesOf = <S extends Space>(
  space: S,
  key: Key,
  count: number,
): readonly Configuration<S>[] =>
  Array.from({ length: count }, (_, i) => sampleFrom(space, foldIn(foldIn(key, 0), i)));

export const candidatesOf = <S extends Space>(
  configurations: readonly Configuration<S>[],
  budget: number,
) => configurations.map((configuration, number) => ({ number, configuration, budget }));

/** What makes a search the same one: its method, space, key and options. */
export function describeSearch(
  method: string,
  space: Space,
  key: Key,
  options: Readonly<Record<string, number>>,
): string {
  const dimensions = Object.entries(space).map(([name, dimension]) => `${name}: ${dimension}`);
  const named = Object.entries(options).map(([name, value]) => `${name}: ${value}`);
  const parts = [`{ ${dimensions.join(", ")} }`, `key: [${key.toArray()}]`, ...named];
  return `${method}(${parts.join(", ")})`;
}
