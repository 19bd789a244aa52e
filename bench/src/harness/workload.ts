import type { Contestant } from "./contestant.js";

/** How a number is meant: larger is better for `faster` and `share`, smaller for `time`. */
export type Measure =
  /** The time of the other over ours: 2 is twice as fast. */
  | "faster"
  /** Our time over the other's: 1.2 is 20 % slower. */
  | "time"
  /** Our rate as a share of the rate of a yardstick. */
  | "share";

/** A line of the table of targets. */
export interface Goal {
  /** Whose time: the compiled program by default. */
  readonly of?: string;
  /** A contestant, or a yardstick. */
  readonly against: string;
  readonly measure: Measure;
  readonly target: number;
  readonly stretch?: number;
}

/** One program, run by all who can. */
export interface Workload {
  /** The name on the command line, W3. Workloads of one id run one after the other. */
  readonly id: string;
  readonly title: string;
  /** The reference: what the others must agree with. */
  readonly reference: Maker;
  readonly contestants: readonly Maker[];
  /** Times that the machine allows, measured in the same rounds; they compute nothing. */
  readonly yardsticks?: readonly Maker[];
  readonly agreement: Agreement;
  readonly goals: readonly Goal[];
}

/** Makes a contestant in its initial state; a peer that is not installed throws MissingPeer. */
export type Maker = () => Contestant | Promise<Contestant>;

/** When outputs are compared, and how far they may lie apart. */
export interface Agreement {
  /** The steps after which outputs are compared; [0] for a kernel. */
  readonly steps: readonly number[];
  /** The largest difference over the largest number of the reference. */
  readonly tolerance: number;
}

/** The losses of the first step and of step 20. */
export const losses = (tolerance: number): Agreement => ({ steps: [0, 20], tolerance });

/** The elements of one run. */
export const elements = (tolerance: number): Agreement => ({ steps: [0], tolerance });

/** A peer is not here; the reason is printed, and its lines are left out of the table. */
export class MissingPeer extends Error {
  constructor(
    readonly peer: string,
    reason: string,
  ) {
    super(`${peer}: not found, skipped (${reason})`);
  }
}
