import type { EpochRecord } from "../history.js";

/** An epoch as one flat row: `loss`, `accuracy`, `validation loss`, `test accuracy`, … */
export function rowOf(record: EpochRecord): Readonly<Record<string, number>> {
  const { epoch, loss, metrics, validationLoss, validationMetrics, evaluations = {} } = record;
  const { learningRate, seconds } = record;
  const sets = Object.entries(evaluations).map(([name, set]) =>
    prefixed(`${name} `, { loss: set.loss, ...set.metrics }),
  );
  return {
    epoch,
    loss,
    ...metrics,
    ...(validationLoss !== undefined && { "validation loss": validationLoss }),
    ...prefixed("validation ", validationMetrics),
    ...Object.assign({}, ...sets),
    "learning rate": learningRate,
    seconds,
  };
}

const prefixed = (prefix: string, numbers: Readonly<Record<string, number>> = {}) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [prefix + name, value]));
