import type { Tensor, Variable } from "@neurite/autograd";
import type { Module } from "../module.js";

/** A module from one tensor to one: `[rows, ...] → [rows, ...]`. */
export type Model = Pick<
  Module,
  "train" | "training" | "namedModules" | "namedParameters" | "namedState" | "parameters"
> & { apply(input: Tensor): Tensor };

/** How wrong an output is: a tensor with one element. */
export type Loss = (output: Tensor, target: Tensor) => Tensor;

/** A number to report, which nothing is differentiated by. */
export type Metric = (output: Tensor, target: Tensor) => Tensor | number;

export type Metrics = Readonly<Record<string, Metric>>;

/** What training needs of an optimizer. */
export interface OptimizerLike {
  /** Moves the parameters by their gradients. */
  step(): void;
  zeroGrad(): void;
  readonly parameters: readonly Variable[];
  readonly learningRate: Variable;
  /** Every variable that a step uses besides the parameters. */
  namedState(): Iterable<readonly [name: string, variable: Variable]>;
  /** What it was made with, such as its betas: to be logged. */
  readonly hyperparameters?: Readonly<Record<string, unknown>>;
}

/** The name by which logs and checkpoints know an optimizer. */
export const optimizerName = (optimizer: OptimizerLike): string => optimizer.constructor.name;
