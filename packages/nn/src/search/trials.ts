import { foldIn, type Key, ValueError } from "@neurite/autograd";
import { TrainingError } from "../training/training-error.js";
import { recordOf, type SearchRecord, type Trial, textOf } from "./result.js";
import type { Configuration, Space } from "./space.js";

/** What an objective is told besides the configuration. */
export interface TrialContext {
  /** Counts the configurations, from 0. */
  readonly number: number;
  /** A random key of its own: for the model, the data's order, … */
  readonly key: Key;
  /** How much to spend, such as epochs; 1 where nothing is rationed. */
  readonly budget: number;
  /** What shorter trials of the same configuration left here, to go on from; in this process. */
  readonly memory: Map<string, unknown>;
}

/** Trains with a configuration and says how good it is; a TrainingError counts as the worst. */
export type Objective<S extends Space> = (
  configuration: Configuration<S>,
  trial: TrialContext,
) => number | Promise<number>;

export interface SearchOptions {
  /** Decides the configurations and what they begin with. */
  readonly key: Key;
  /** Whether a large score is good; false by default, as for losses. */
  readonly maximize?: boolean;
  /** How many trials are under way at once, 1 by default: for objectives that wait for others. */
  readonly parallel?: number;
  /** What a search that was broken off had written: its trials are not run again. */
  readonly resume?: SearchRecord | undefined;
  /** Is told of every trial that has ended, with the record so far, to be kept as JSON. */
  readonly onTrial?: (trial: Trial<Space>, record: SearchRecord) => void | Promise<void>;
}

/** A configuration to be tried. */
export interface Candidate<S extends Space> {
  readonly number: number;
  readonly configuration: Configuration<S>;
  readonly budget: number;
}

/** Runs the trials of one search and remembers them. */
export class Trials<S extends Space> {
  readonly #done: Trial<S>[] = [];
  readonly #memories = new Map<number, Map<string, unknown>>();

  constructor(
    readonly search: string,
    readonly objective: Objective<S>,
    readonly options: SearchOptions,
  ) {
    const { resume } = options;
    if (!resume || (resume.version === 1 && resume.search === search)) return;
    const [saved, own] = [`${resume.search}, version ${resume.version}`, `${search}, version 1`];
    throw new ValueError("search", `the record is of ${saved}; this is ${own}`, {
      fix: "resume with the same space, key and options, or begin anew",
    });
  }

  /** All trials so far, in the order in which they were asked for. */
  get all(): readonly Trial<S>[] {
    return [...this.#done].sort((a, b) => a.budget - b.budget || a.number - b.number);
  }

  /** The trials of the candidates, in their order. */
  async run(candidates: readonly Candidate<S>[]): Promise<readonly Trial<S>[]> {
    const trials: Trial<S>[] = [];
    const waiting = [...candidates.entries()];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [at, candidate] = next;
        trials[at] = this.#known(candidate) ?? (await this.#try(candidate));
      }
    };
    const { parallel = 1 } = this.options;
    await Promise.all(Array.from({ length: parallel }, work));
    return trials;
  }

  /** The trial as the record has it. */
  #known({ number, configuration, budget }: Candidate<S>): Trial<S> | undefined {
    const { resume } = this.options;
    const known = resume?.trials.find((one) => one.number === number && one.budget === budget);
    if (!known) return undefined;
    const own = textOf(configuration);
    if (known.configuration !== own) {
      const problem = `trial ${number} of the record is ${known.configuration}, here it is ${own}`;
      throw new ValueError("search", problem, { fix: "resume with the same space and key" });
    }
    const trial = { ...known, configuration, score: known.score ?? Number.NaN };
    this.#done.push(trial);
    return trial;
  }

  async #try(candidate: Candidate<S>): Promise<Trial<S>> {
    const { number, configuration, budget } = candidate;
    const { key, onTrial } = this.options;
    const memory = this.#memories.get(number) ?? new Map<string, unknown>();
    this.#memories.set(number, memory);
    const start = performance.now();
    const context = { number, key: foldIn(foldIn(key, 1), number), budget, memory };
    const outcome = await scoreOf(() => this.objective(configuration, context));
    const trial = { ...candidate, ...outcome, seconds: (performance.now() - start) / 1000 };
    this.#done.push(trial);
    await onTrial?.(trial, recordOf(this.search, this.all));
    return trial;
  }
}

/** A diverged training is a finding; every other error is one of the program. */
async function scoreOf(run: () => number | Promise<number>) {
  try {
    const score = await run();
    if (typeof score === "number") return { score };
    throw new ValueError("search", `the objective returned ${kindOf(score)}, not a number`, {
      fix: "return its score, as evaluate(model, validation).loss; of a tensor, item()",
    });
  } catch (error) {
    if (!(error instanceof TrainingError)) throw error;
    return { score: Number.NaN, error: `diverged at epoch ${error.epoch}` };
  }
}

const kindOf = (value: unknown): string =>
  typeof value === "object" && value !== null ? value.constructor.name : String(value);
