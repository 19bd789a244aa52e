import { NeuriteError, showNumber } from "@neurite/autograd";
import type { Culprit } from "./culprit.js";

interface TrainingFacts extends Culprit {
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
}

/** NaN or infinity during training; the parameters are those of the last good step. */
export class TrainingError extends NeuriteError {
  override readonly name = "TrainingError";
  readonly epoch: number;
  readonly step: number;
  readonly loss: number;
  readonly learningRate: number;
  /** The operation that made the first bad number, if it is known; `modulePath` is its module. */
  readonly operation: string | undefined;

  constructor(what: string, facts: TrainingFacts) {
    const { epoch, step, loss, learningRate, operation, modulePath = "", site, cause } = facts;
    const [rate, less] = [learningRate, learningRate / 10].map((x) => Number(x.toPrecision(3)));
    const beside = Number.isFinite(loss) ? ` (loss ${showNumber(loss)})` : "";
    const place = `at epoch ${epoch}, step ${step}${beside}`;
    const first = operation === undefined ? "" : `; the first bad operation is ${operation}`;
    super("fit", `${what} ${place}${first}; the parameters are those of the last good step`, {
      modulePath,
      site,
      ...(cause && { cause }),
      fix:
        `lower the learning rate (now ${rate}, try ${less}), standardise the inputs, ` +
        "or look for a log, division or exp of extreme numbers",
    });
    this.epoch = epoch;
    this.step = step;
    this.loss = loss;
    this.learningRate = learningRate;
    this.operation = operation;
  }
}
