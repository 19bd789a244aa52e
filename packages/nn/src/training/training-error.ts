import { NeuriteError, showNumber } from "@neurite/autograd";

interface TrainingFacts {
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

  constructor(what: string, { epoch, step, loss, learningRate }: TrainingFacts) {
    const [rate, less] = [learningRate, learningRate / 10].map(showNumber);
    const beside = Number.isFinite(loss) ? ` (loss ${showNumber(loss)})` : "";
    const place = `at epoch ${epoch}, step ${step}${beside}`;
    super("fit", `${what} ${place}; the parameters are those of the last good step`, {
      fix:
        `lower the learning rate (now ${rate}, try ${less}), standardise the inputs, ` +
        "or look for a log, division or exp of extreme numbers",
    });
    this.epoch = epoch;
    this.step = step;
    this.loss = loss;
    this.learningRate = learningRate;
  }
}
