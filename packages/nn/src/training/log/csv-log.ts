import type { TrainingCallback } from "../callback.js";
import type { EpochRecord } from "../history.js";
import { rowOf } from "./row.js";

interface CsvLogOptions {
  /** Takes a line with its line break. The first call of a run begins the log anew. */
  readonly write: (line: string, isFirst: boolean) => void | Promise<void>;
}

/**
 * Writes a line of CSV an epoch, under a line of names: loss, metrics, validation, learning rate,
 * seconds. A resumed run writes the epochs before it again, so that the log is complete.
 */
export function csvLog({ write }: CsvLogOptions): TrainingCallback {
  let names: readonly string[] = [];
  const add = async (record: EpochRecord) => {
    const row = rowOf(record);
    if (names.length === 0) {
      names = Object.keys(row);
      await write(lineOf(names), true);
    }
    await write(lineOf(names.map((name) => String(row[name] ?? ""))), false);
  };
  return {
    async onStart({ before }) {
      names = [];
      for (const record of before.epochs) await add(record);
    },
    onEpoch: ({ run: _, ...record }) => add(record),
  };
}

const lineOf = (fields: readonly string[]): string => `${fields.map(quoted).join(",")}\n`;

/** RFC 4180: quotes around what holds a comma, a quote or a line break. */
const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
