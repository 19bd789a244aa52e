import type { Tensor } from "@neurite/autograd";
import type { EpochRecord } from "../history.js";
import type { Overfitting } from "../overfitting.js";

/** What JSON can say; checkpoint files also keep NaN, infinities and −0. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/** What a callback has to remember, as plain data. */
export interface CallbackState {
  readonly json?: Json;
  readonly tensors?: Readonly<Record<string, Tensor>>;
}

/** The version of the format; it changes when older readers could not go on. */
export const version = 1;

/** Where all random numbers come from: Salmon et al., "Parallel random numbers", 2011. */
export const prng = "threefry2x32-20";

/** All that a run is made of, as plain data, for `fit` to go on as if there had been no break. */
export interface TrainingState {
  readonly version: number;
  /** The generator of random numbers. */
  readonly prng: string;
  /** The class of the optimizer. */
  readonly optimizer: string;
  /** The data that the order of rows belongs to. */
  readonly data: {
    readonly rows: number;
    readonly batchSize: number;
    readonly shuffled: boolean;
  };
  readonly history: {
    readonly epochs: readonly EpochRecord[];
    readonly steps: number;
    readonly stopped: boolean;
    readonly overfitting: Overfitting | null;
  };
  /** The paths of the parameters that require no gradient. */
  readonly frozen: readonly string[];
  /** How far the present epoch has come. */
  readonly position: Position;
  /** What callbacks remember, by name. */
  readonly callbacks: Readonly<Record<string, Json>>;
  /**
   * `model.*` and `optimizer.*`: the variables; `data.key`: the order of the rows; `epoch.outputs`:
   * what the present epoch's metrics need; `callbacks.*`: tensors of callbacks.
   */
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** What an epoch has added up so far. */
export interface Position {
  readonly batches: number;
  readonly rows: number;
  readonly totalLoss: number;
  /** At the last step. */
  readonly learningRate: number;
  readonly seconds: number;
}
