import type { TrainingCallback } from "../callback.js";
import { barProgress } from "./bar.js";
import { lineProgress } from "./lines.js";

/** Where reports go: `process.stdout`, or something like it. */
export type ReportStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

interface ConsoleProgressOptions {
  /** `process.stdout` by default. */
  readonly stream?: ReportStream;
  /** About how many lines to write where there is no terminal; 10 by default. */
  readonly lines?: number;
}

/** Reports training on a terminal by a bar with rate and time left, elsewhere by plain lines. */
export function consoleProgress({
  stream = process.stdout,
  lines = 10,
}: ConsoleProgressOptions = {}): TrainingCallback {
  if (stream.isTTY) return barProgress(stream);
  return lineProgress({ lines, write: (line) => stream.write(`${line}\n`) });
}
