import type { Measure } from "./workload.js";

/** Smaller is better for all units but `faster` and `share`. */
export type Unit = Measure | "ms" | "MB" | "KB" | "ulp";

/** A line of the table: a target and what was measured. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  readonly against?: string | undefined;
  /** Median milliseconds of a run, where there is another to compare with. */
  readonly ours?: number | undefined;
  readonly theirs?: number | undefined;
  readonly unit: Unit;
  readonly value: number;
  /** The middle half of the values of all rounds, as a share of their median. */
  readonly spread?: number | undefined;
  readonly target: number;
  readonly stretch?: number | undefined;
}

/** One contestant's time, whether or not it has a target. */
export interface Timing {
  readonly name: string;
  readonly ms: number;
  readonly spread: number;
  /** How far its numbers are from those of eager execution, where they were compared. */
  readonly apart: number | undefined;
}

export interface Measured {
  readonly timings: readonly Timing[];
  readonly rows: readonly Row[];
  /** Who could not be timed, and why: it computed something else, for example. */
  readonly failures?: readonly string[];
}

/** A part of the benchmarks; its id is its name on the command line, which several may share. */
export interface Section {
  readonly id: string;
  readonly title: string;
  run(): Promise<Measured>;
}

/** What a section measured. */
export interface Result extends Measured {
  readonly id: string;
  readonly title: string;
  readonly date: string;
}

export const isHighBest = (unit: Unit): boolean => unit === "faster" || unit === "share";

export const reaches = (unit: Unit, value: number, bound: number): boolean =>
  isHighBest(unit) ? value >= bound : value <= bound;
