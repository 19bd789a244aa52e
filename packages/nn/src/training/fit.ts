import {
  asTensor,
  compile,
  type Key,
  type Tensor,
  type TensorLike,
  ValueError,
} from "@neurite/autograd";
import { checkBatchSize, Loader } from "../data/loader.js";
import { concatRows } from "../data/take.js";
import { nextStreamKey } from "../keys.js";
import type { EpochRecord, History, TrainingCallback, TrainingRun } from "./callback.js";
import { Callbacks } from "./callbacks.js";
import { compiledStep } from "./compiled-step.js";
import { checkData, type Evaluation, lossOf, measure } from "./evaluate.js";
import { breather } from "./macrotask.js";
import type { Loss, Metrics, Model, OptimizerLike } from "./model.js";
import { keepModes } from "./modes.js";
import { checkRows, type Forward, forwardOf, outputsOf } from "./predict.js";
import { lineProgress } from "./progress/lines.js";
import { eagerStep, type Step } from "./step.js";

export interface FitOptions {
  /** `[rows, ...]`. */
  readonly inputs: TensorLike;
  /** `[rows, ...]`: as many rows. */
  readonly targets: TensorLike;
  /** The mean over a batch, by which the parameters learn. */
  readonly loss: Loss;
  readonly optimizer: OptimizerLike;
  /** How often to go through the data. */
  readonly epochs: number;
  /** How many rows a step learns from; 32 by default. */
  readonly batchSize?: number;
  /** Decides the order of the rows; by default from the stream that `seed` restarts. */
  readonly key?: Key;
  /** False keeps the rows in order. */
  readonly shuffle?: boolean;
  /** Rows to judge by after each epoch, from which nothing is learnt. */
  readonly validation?: { readonly inputs: TensorLike; readonly targets: TensorLike };
  /** Numbers to report beside the loss, by name. */
  readonly metrics?: Metrics;
  readonly callbacks?: readonly TrainingCallback[];
  /** Who reports: by default some ten lines on the console; false for nobody. */
  readonly progress?: TrainingCallback | false;
  /**
   * False computes step by step, operation by operation, for a model or a loss that reads values or
   * does something else each time. By default both are compiled, with the same bits.
   */
  readonly compile?: boolean;
}

/**
 * Trains a model and returns what happened. The data is checked before the first step; a loss,
 * gradient or parameter that is not finite ends the run with a TrainingError and leaves everything
 * as it was after the last good step. Other tasks get their turn at least every 50 ms, as far as a
 * single step is shorter than that.
 */
export async function fit(model: Model, options: FitOptions): Promise<History> {
  const data = prepare(model, options);
  const { progress = lineProgress(), callbacks = [] } = options;
  const watchers = new Callbacks(progress ? [progress, ...callbacks] : callbacks);
  const restoreModes = keepModes(model);
  const session = new Session(model, options, data, watchers);
  try {
    await session.run();
  } catch (error) {
    restoreModes();
    await watchers.end({ run: session.info, history: session.history, error });
    throw error;
  }
  restoreModes();
  await watchers.end({ run: session.info, history: session.history });
  return session.history;
}

interface Examples {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

interface Data {
  readonly loader: Loader<{ readonly inputs: Tensor; readonly targets: Tensor }>;
  /** Of all rows to learn from. */
  readonly targets: Tensor;
  readonly validation: Examples | undefined;
}

/** Checks everything that can be checked before the first step. */
function prepare(model: Model, options: FitOptions): Data {
  const { epochs, batchSize = 32, shuffle = true, optimizer } = options;
  if (!Number.isInteger(epochs) || epochs < 1) {
    throw new ValueError("fit", `epochs is ${epochs}`, { fix: "use a positive integer" });
  }
  checkBatchSize("fit", batchSize);
  const own = new Set(model.parameters());
  if (!optimizer.parameters.some((parameter) => own.has(parameter))) {
    throw new ValueError("fit", "the optimizer has none of the model's parameters", {
      fix: "make it from them: new SGD(model.parameters(), ...)",
    });
  }
  const train = asExamples(options);
  checkData("fit", train.inputs, train.targets);
  const validation = options.validation && asExamples(options.validation);
  if (validation) checkData("fit", validation.inputs, validation.targets, "validation ");
  const key = shuffle ? (options.key ?? nextStreamKey()) : undefined;
  const loader = new Loader({ ...train }, { batchSize, key });
  return { loader, targets: train.targets, validation };
}

const asExamples = (data: Record<"inputs" | "targets", TensorLike>): Examples => ({
  inputs: asTensor(data.inputs),
  targets: asTensor(data.targets),
});

/** One call of `fit` on its way. */
class Session {
  readonly info: TrainingRun;
  readonly #epochs: EpochRecord[] = [];
  readonly #breathe = breather();
  readonly #update: Step;
  readonly #forward: Forward;
  #step = 0;

  constructor(
    readonly model: Model,
    readonly options: FitOptions,
    readonly data: Data,
    readonly watchers: Callbacks,
  ) {
    const { batches, batchSize, rows } = data.loader;
    const { optimizer, epochs, loss, compile: isCompiled = true } = options;
    const learner = { model, loss, optimizer };
    this.#update = isCompiled ? compiledStep(learner, data.targets) : eagerStep(learner);
    this.#forward = isCompiled ? compile(forwardOf(model)) : forwardOf(model);
    this.info = { model, optimizer, epochs, stepsPerEpoch: batches, rows, batchSize };
  }

  get history(): History {
    return { epochs: [...this.#epochs], steps: this.#step, stopped: this.watchers.stopped };
  }

  async run(): Promise<void> {
    await this.watchers.start(this.info);
    for (let epoch = 1; epoch <= this.info.epochs && !this.watchers.stopped; epoch++) {
      const start = performance.now();
      const learnt = await this.#learn(epoch);
      const judged = await this.#judge();
      const seconds = (performance.now() - start) / 1000;
      const record = { epoch, ...learnt, ...judged, seconds };
      this.#epochs.push(record);
      await this.watchers.epoch({ run: this.info, ...record });
    }
  }

  /** An epoch of steps, or as many as there are before a callback says "stop". */
  async #learn(epoch: number): Promise<Evaluation> {
    const { metrics } = this.options;
    const [outputs, targets]: [Tensor[], Tensor[]] = [[], []];
    let [total, rows] = [0, 0];
    this.model.train(true);
    for (const batch of this.data.loader.epoch(epoch)) {
      const place = { epoch, step: ++this.#step };
      const done = this.#update(batch, place);
      total += done.loss * batch.inputs.shape[0]!;
      rows += batch.inputs.shape[0]!;
      if (metrics) {
        checkRows(done.output, batch.inputs);
        outputs.push(done.output.stopGradient());
        targets.push(batch.targets);
      }
      const { loss: stepLoss, learningRate } = done;
      const waiting = this.watchers.step({
        run: this.info,
        ...place,
        loss: stepLoss,
        learningRate,
      });
      if (waiting) await waiting;
      const pause = this.#breathe();
      if (pause) await pause;
      if (this.watchers.stopped) break;
    }
    const measured = metrics ? measure(metrics, concatRows(outputs), concatRows(targets)) : {};
    return { loss: total / rows, metrics: measured };
  }

  /** Loss and metrics of the validation rows, computed once over the outputs of all of them. */
  async #judge(): Promise<Pick<EpochRecord, "validationLoss" | "validationMetrics">> {
    const { validation } = this.data;
    if (!validation) return {};
    const outputs: Tensor[] = [];
    this.model.train(false);
    for (const output of outputsOf(this.#forward, validation.inputs)) {
      outputs.push(output);
      const pause = this.#breathe();
      if (pause) await pause;
    }
    const output = concatRows(outputs);
    const { loss, metrics } = this.options;
    return {
      validationLoss: lossOf(loss, output, validation.targets),
      validationMetrics: measure(metrics, output, validation.targets),
    };
  }
}
