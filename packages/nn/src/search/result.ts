import { table } from "../analysis/table.js";
import { type Configuration, type Space, show } from "./space.js";

/** A configuration that has been tried. */
export interface Trial<S extends Space> {
  /** Counts the configurations, from 0. */
  readonly number: number;
  readonly configuration: Configuration<S>;
  /** How much of what the objective spends, such as epochs; 1 where nothing is rationed. */
  readonly budget: number;
  /** What the objective returned; NaN if training diverged. */
  readonly score: number;
  readonly seconds: number;
  /** Why there is no score. */
  readonly error?: string;
}

/** What JSON keeps of a search: enough to go on with it. */
export interface SearchRecord {
  readonly version: 1;
  /** The search with its options, as text: only the same one can go on. */
  readonly search: string;
  readonly trials: readonly TrialRecord[];
}

interface TrialRecord {
  readonly number: number;
  readonly budget: number;
  /** As text, to see that the space is the same. */
  readonly configuration: string;
  /** Null for NaN, which JSON does not know. */
  readonly score: number | null;
  readonly seconds: number;
  readonly error?: string;
}

/** The trials of a search; prints as a table, the best first. */
export class SearchResult<S extends Space> {
  constructor(
    readonly trials: readonly Trial<S>[],
    readonly maximize: boolean,
    readonly search: string,
  ) {}

  /** The trials from the best to the worst: of the largest budget first, without score last. */
  get ranked(): readonly Trial<S>[] {
    const sign = this.maximize ? -1 : 1;
    const rank = ({ score }: Trial<S>) =>
      Number.isNaN(score) ? Number.POSITIVE_INFINITY : sign * score;
    const difference = (a: number, b: number) => (a === b ? 0 : a - b);
    return [...this.trials].sort(
      (a, b) => b.budget - a.budget || difference(rank(a), rank(b)) || a.number - b.number,
    );
  }

  get best(): Trial<S> {
    return this.ranked[0]!;
  }

  /** What to keep as JSON, to go on with the search later. */
  toJSON(): SearchRecord {
    return recordOf(this.search, this.trials);
  }

  toString(): string {
    const names = Object.keys(this.trials[0]?.configuration ?? {});
    const rows = this.ranked.map(({ number, configuration, budget, score, seconds, error }) => [
      number,
      ...names.map((name) => cellOf(configuration[name])),
      budget,
      error ?? score,
      Number(seconds.toFixed(2)),
    ]);
    return table([["trial", ...names, "budget", "score", "seconds"], ...rows]);
  }
}

const cellOf = (value: unknown): string | number =>
  typeof value === "number" ? value : show(value);

export const recordOf = <S extends Space>(
  search: string,
  trials: readonly Trial<S>[],
): SearchRecord => ({
  version: 1,
  search,
  trials: trials.map(({ configuration, score, ...trial }) => ({
    ...trial,
    configuration: textOf(configuration),
    score: Number.isNaN(score) ? null : score,
  })),
});

/** A configuration as text, its numbers to the bit. */
export const textOf = (configuration: Readonly<Record<string, unknown>>): string =>
  Object.entries(configuration)
    .map(([name, value]) => `${name}=${show(value)}`)
    .join(" ");
