import { noGrad, type Tensor } from "@neurite/autograd";
import { concatRows } from "../data/take.js";
import type { Position } from "./checkpoint/training-state.js";
import { measure } from "./evaluate.js";
import type { Evaluation } from "./history.js";
import type { Metrics } from "./model.js";
import type { Batch } from "./objective.js";
import { checkRows } from "./predict.js";
import type { Done } from "./step.js";

/** What an epoch has added up so far. */
export class Tally {
  #position: Position = { batches: 0, rows: 0, totalLoss: 0, learningRate: 0, seconds: 0 };
  readonly #metrics: Metrics | undefined;
  readonly #outputs: Tensor[] = [];
  readonly #targets: Tensor[] = [];
  #since = performance.now();

  constructor(metrics: Metrics | undefined) {
    this.#metrics = metrics;
  }

  /** The tally of an epoch that was broken off. */
  static resume(metrics: Metrics | undefined, position: Position, outputs?: Tensor): Tally {
    const tally = new Tally(metrics);
    tally.#position = position;
    tally.#since -= 1000 * position.seconds;
    if (outputs) tally.#outputs.push(outputs);
    return tally;
  }

  get position(): Position {
    return { ...this.#position, seconds: this.seconds };
  }

  /** The outputs so far, where metrics want them. */
  get outputs(): Tensor | undefined {
    return this.#outputs.length > 0 ? noGrad(() => concatRows(this.#outputs)) : undefined;
  }

  get seconds(): number {
    return (performance.now() - this.#since) / 1000;
  }

  /** Adds a batch that has been learnt from. */
  add(batch: Batch, { output, loss, learningRate }: Done): void {
    const { batches, rows, totalLoss, seconds } = this.#position;
    const count = batch.inputs.shape[0]!;
    this.#position = {
      batches: batches + 1,
      rows: rows + count,
      totalLoss: totalLoss + loss * count,
      learningRate,
      seconds,
    };
    this.see(batch);
    if (!this.#metrics) return;
    checkRows(output, batch.inputs);
    this.#outputs.push(output.stopGradient());
  }

  /** Takes note of a batch whose output is known already, or comes with `add`. */
  see({ targets }: Batch): void {
    if (this.#metrics) this.#targets.push(targets);
  }

  /** Loss and metrics of the rows so far, by the model as it was when it saw them. */
  result(): Evaluation & { readonly learningRate: number } {
    const { rows, totalLoss, learningRate } = this.#position;
    const metrics = this.#metrics
      ? measure(this.#metrics, concatRows(this.#outputs), concatRows(this.#targets))
      : {};
    return { loss: totalLoss / rows, metrics, learningRate };
  }
}
