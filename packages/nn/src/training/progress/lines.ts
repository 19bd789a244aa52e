import type { EpochEvent, TrainingCallback } from "../callback.js";
import { endOf, summarize } from "./summary.js";

interface LineProgressOptions {
  /** Takes a line; `console.log` by default. */
  readonly write?: (line: string) => void;
  /** About how many lines to spread over the epochs; 10 by default. */
  readonly lines?: number;
}

/** Reports epochs as plain lines: all of a short run, about every tenth of a long one. */
export function lineProgress({
  write = (line) => console.log(line),
  lines = 10,
}: LineProgressOptions = {}): TrainingCallback {
  let unreported: EpochEvent | null = null;
  return {
    onStart({ before }) {
      unreported = null;
      if (before.steps > 0) write(`going on after step ${before.steps}`);
    },
    onEpoch(event) {
      const { epoch, run } = event;
      const every = Math.max(1, Math.ceil(run.epochs / lines));
      const isDue = epoch === 1 || epoch % every === 0 || epoch === run.epochs;
      if (isDue) write(lineOf(event));
      unreported = isDue ? null : event;
    },
    onWarning({ message }) {
      write(`warning: ${message}`);
    },
    onEnd({ history }) {
      if (unreported) write(lineOf(unreported));
      unreported = null;
      const end = endOf(history);
      if (end) write(end);
    },
  };
}

function lineOf(event: EpochEvent): string {
  const { epoch, run, seconds } = event;
  const count = String(epoch).padStart(String(run.epochs).length);
  return `epoch ${count}/${run.epochs}  ${summarize(event)}  ${seconds.toFixed(2)} s`;
}
