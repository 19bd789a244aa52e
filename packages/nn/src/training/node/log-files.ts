import { appendFile, writeFile } from "node:fs/promises";
import type { TrainingCallback } from "../callback.js";
import { csvLog as csvLines } from "../log/csv-log.js";
import { jsonLog as jsonLines } from "../log/json-log.js";

interface LogOptions {
  /** The file; a run replaces what is there. */
  readonly path: string;
}

/** Writes a line of CSV an epoch to a file. */
export const csvLog = ({ path }: LogOptions): TrainingCallback =>
  csvLines({ write: (line, isFirst) => (isFirst ? writeFile : appendFile)(path, line) });

/** Writes a line of JSON for each event of a run to a file. */
export const jsonLog = ({ path }: LogOptions): TrainingCallback =>
  jsonLines({ write: (line, isFirst) => (isFirst ? writeFile : appendFile)(path, line) });
