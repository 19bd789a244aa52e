import type { TrainingCallback } from "../callback.js";
import type { EpochRecord } from "../history.js";

interface JsonLogOptions {
  /** Takes a line with its line break. The first call of a run begins the log anew. */
  readonly write: (line: string, isFirst: boolean) => void | Promise<void>;
}

/**
 * Writes a line of JSON for each event: `start` with the run's parameters, `epoch`, `warning` and
 * `end`. What is no finite number is written as text, such as `"NaN"`. A resumed run writes the
 * epochs before it again, so that the log is complete.
 */
export function jsonLog({ write }: JsonLogOptions): TrainingCallback {
  const add = (event: string, facts: object) =>
    write(`${JSON.stringify({ event, ...facts }, asText)}\n`, event === "start");
  return {
    async onStart({ parameters, before }) {
      await add("start", { parameters });
      for (const record of before.epochs) await add("epoch", record);
    },
    onEpoch: async ({ run: _, ...record }) => add("epoch", record satisfies EpochRecord),
    onWarning: ({ epoch, message, evidence }) => add("warning", { epoch, message, evidence }),
    onEnd({ history, error }) {
      const { steps, stopped, interrupted, epochs } = history;
      const failure = error === undefined ? {} : { error: String(error) };
      return add("end", { epochs: epochs.length, steps, stopped, interrupted, ...failure });
    },
  };
}

const asText = (_: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
