import { showNumber } from "@neurite/autograd";
import type { EpochRecord, History } from "../history.js";

/** The numbers of an epoch in a line: `loss 0.4  accuracy 0.9  validation loss 0.5`. */
export function summarize(record: Omit<EpochRecord, "epoch" | "seconds" | "learningRate">): string {
  const { loss, metrics, validationLoss, validationMetrics = {}, evaluations = {} } = record;
  const named = (prefix: string, numbers: Readonly<Record<string, number>>) =>
    Object.entries(numbers).map(([name, value]) => `${prefix}${name} ${showNumber(value)}`);
  return [
    ...named("", { loss, ...metrics }),
    ...(validationLoss === undefined ? [] : named("validation ", { loss: validationLoss })),
    ...named("validation ", validationMetrics),
    ...Object.entries(evaluations).flatMap(([name, set]) =>
      named(`${name} `, { loss: set.loss, ...set.metrics }),
    ),
  ].join("  ");
}

/** How a run ended before its time; undefined if it did not. */
export function endOf({ epochs, steps, stopped, interrupted }: History): string | undefined {
  if (interrupted) return `interrupted after step ${steps}`;
  return stopped ? `stopped after ${epochs.length} epochs` : undefined;
}
