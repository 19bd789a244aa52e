import { asTensor, foldIn, type Key, split as splitKey } from "@neurite/autograd";
import { type KFoldOptions, kFold } from "../data/k-fold.js";
import { equalRows } from "../data/loader.js";
import type { Split } from "../data/split.js";
import { take } from "../data/take.js";
import type { TrainingCallback } from "./callback.js";
import { evaluate } from "./evaluate.js";
import { fit } from "./fit.js";
import type { FitOptions, LabelledRows } from "./fit-options.js";
import type { Evaluation, History } from "./history.js";
import type { Model, OptimizerLike } from "./model.js";

/** Rows that are made ready for each split, as with a scaler that is fitted on one side only. */
export interface PreparedRows {
  readonly rows: number;
  prepare(split: Split): { readonly train: LabelledRows; readonly validation: LabelledRows };
}

type PerFold = "inputs" | "targets" | "validation" | "optimizer" | "callbacks" | "key" | "resume";

export interface CrossValidateOptions extends Omit<FitOptions, PerFold>, KFoldOptions {
  /** Makes the optimizer of a fold's model. */
  readonly optimizer: (model: Model) => OptimizerLike;
  /** Makes the callbacks of a fold. */
  readonly callbacks?: (fold: number) => readonly TrainingCallback[];
}

/** What became of one fold. */
export interface FoldResult<M extends Model = Model> {
  readonly split: Split;
  readonly model: M;
  readonly history: History;
  /** Of the rows that the model did not learn from. */
  readonly evaluation: Evaluation;
}

/** A number over the folds: its mean and (dividing by n − 1) its standard deviation. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

export interface CrossValidation<M extends Model = Model> {
  readonly folds: readonly FoldResult<M>[];
  readonly loss: Spread;
  readonly metrics: Readonly<Record<string, Spread>>;
}

/**
 * Trains a new model for each fold on the rows outside it, and judges it by those within: how good
 * a model may be expected to be, and how far that depends on which rows it saw. The key decides the
 * folds, the models' first values and the order of the rows.
 */
export async function crossValidate<M extends Model>(
  makeModel: (key: Key) => M,
  data: LabelledRows | PreparedRows,
  given: CrossValidateOptions,
): Promise<CrossValidation<M>> {
  const { optimizer, callbacks, folds: count = 5, stratify, keepTogether, ...options } = given;
  const source = "prepare" in data ? data : preparedRows(data);
  const grouping = { stratify, keepTogether };
  const splits = kFold(source.rows, { folds: count, key: options.key, ...grouping });
  const folds: FoldResult<M>[] = [];
  for (const [fold, split] of splits.entries()) {
    const [modelKey, orderKey] = splitKey(foldIn(options.key, fold));
    const model = makeModel(modelKey!);
    const { train, validation } = source.prepare(split);
    const history = await fit(model, {
      progress: false,
      ...options,
      ...train,
      validation,
      optimizer: optimizer(model),
      key: orderKey!,
      callbacks: callbacks?.(fold) ?? [],
    });
    const evaluation = evaluate(model, { ...options, ...validation });
    folds.push({ split, model, history, evaluation });
  }
  const spreadOf = (read: (evaluation: Evaluation) => number) =>
    spread(folds.map(({ evaluation }) => read(evaluation)));
  const metrics = Object.keys(options.metrics ?? {}).map(
    (name) => [name, spreadOf((evaluation) => evaluation.metrics[name]!)] as const,
  );
  return { folds, loss: spreadOf(({ loss }) => loss), metrics: Object.fromEntries(metrics) };
}

function preparedRows(data: LabelledRows): PreparedRows {
  const [inputs, targets] = [asTensor(data.inputs), asTensor(data.targets)];
  const side = (rows: Int32Array) => ({
    inputs: take(inputs, rows),
    targets: take(targets, rows),
  });
  return {
    rows: equalRows("crossValidate", { inputs, targets }),
    prepare: ({ train, validation }) => ({ train: side(train), validation: side(validation) }),
  };
}

function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
