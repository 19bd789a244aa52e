import { showNumber } from "@neurite/autograd";
import type { EpochRecord } from "../callback.js";

/** The numbers of an epoch in a line: `loss 0.4  accuracy 0.9  validation loss 0.5`. */
export function summarize(record: Omit<EpochRecord, "epoch" | "seconds">): string {
  const { loss, metrics, validationLoss, validationMetrics = {} } = record;
  const named = (prefix: string, numbers: Readonly<Record<string, number>>) =>
    Object.entries(numbers).map(([name, value]) => `${prefix}${name} ${showNumber(value)}`);
  return [
    ...named("", { loss, ...metrics }),
    ...(validationLoss === undefined ? [] : named("validation ", { loss: validationLoss })),
    ...named("validation ", validationMetrics),
  ].join("  ");
}
