import { showNumber } from "@neurite/autograd";
import cliProgress from "cli-progress";
import type { TrainingCallback, TrainingRun } from "../callback.js";
import { endOf, summarize } from "./summary.js";

const format =
  "epoch {epoch}/{epochs} [{bar}] {percentage}% | {rate} steps/s | ETA {eta_formatted} | {numbers}";

/** How long the bar stands still at least, in milliseconds. */
const pause = 100;

/** Reports steps on a terminal by a bar that counts all of them. */
export function barProgress(stream: NodeJS.WritableStream): TrainingCallback {
  const bar = new cliProgress.SingleBar({ format, stream, barsize: 20, etaBuffer: 50, fps: 10 });
  let [start, drawn, steps, before] = [0, 0, 0, 0];
  let judged = "";
  let warnings: string[] = [];
  const draw = (run: TrainingRun, epoch: number, numbers: string) => {
    drawn = performance.now();
    const rate = showNumber(Math.round(((steps - before) / (drawn - start)) * 10_000) / 10);
    bar.update(steps, { epoch, epochs: run.epochs, rate, numbers });
  };
  return {
    onStart({ epochs, stepsPerEpoch, before: done }) {
      before = done.steps;
      [start, drawn, steps, judged, warnings] = [performance.now(), 0, before, "", []];
      const epoch = done.epochs.length + 1;
      bar.start(epochs * stepsPerEpoch, before, { epoch, epochs, rate: "–", numbers: "" });
    },
    onStep({ run, epoch, step, loss }) {
      steps = step;
      if (performance.now() - drawn < pause) return;
      draw(run, epoch, judged || `loss ${showNumber(loss)}`);
    },
    onEpoch(event) {
      judged = summarize(event);
      draw(event.run, event.epoch, judged);
    },
    onWarning({ message }) {
      warnings.push(message);
    },
    onEnd({ history }) {
      bar.stop();
      const end = endOf(history);
      for (const message of warnings) stream.write(`warning: ${message}\n`);
      if (end) stream.write(`${end}\n`);
    },
  };
}
