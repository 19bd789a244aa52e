import { compile, type Tensor } from "@neurite/autograd";
import { concatRows } from "../data/take.js";
import { clipGradNorm, clipGradValue } from "../optimizers/clip.js";
import type { TrainingRun } from "./callback.js";
import type { Callbacks } from "./callbacks.js";
import { capture } from "./checkpoint/capture.js";
import { weighted } from "./class-weights.js";
import { compiledStep } from "./compiled-step.js";
import { lossOf, measure } from "./evaluate.js";
import type { FitOptions } from "./fit-options.js";
import type { EpochRecord, Evaluation, History } from "./history.js";
import { breather } from "./macrotask.js";
import type { Loss, Model } from "./model.js";
import type { Batch, Learner } from "./objective.js";
import { findOverfitting, type Overfitting, tellOverfitting } from "./overfitting.js";
import { type Forward, forwardOf, outputsOf } from "./predict.js";
import type { Data } from "./prepare.js";
import { parametersOf, summaryOf } from "./run-parameters.js";
import { type StatisticsProbe, statisticsProbe } from "./statistics.js";
import { eagerStep, type Place, type Step } from "./step.js";
import { Tally } from "./tally.js";

/** One call of `fit` on its way: epochs of steps, each epoch judged and recorded. */
export class Session {
  readonly info: TrainingRun;
  readonly #loss: Loss;
  readonly #epochs: EpochRecord[];
  readonly #breathe = breather();
  readonly #update: Step;
  readonly #forward: Forward;
  #probe: StatisticsProbe | undefined;
  #tally: Tally;
  #step: number;
  #overfitting: Overfitting | null;
  #interrupted: boolean;

  constructor(
    readonly model: Model,
    readonly options: FitOptions,
    readonly data: Data,
    readonly watchers: Callbacks,
  ) {
    const { loader, targets } = data;
    const { optimizer, epochs, classWeights, resume, signal, compile: isCompiled = true } = options;
    this.#loss = classWeights ? weighted(options.loss, classWeights, targets) : options.loss;
    const learner = learnerOf(model, this.#loss, options);
    this.#update = isCompiled ? compiledStep(learner, targets) : eagerStep(learner);
    this.#forward = isCompiled ? compile(forwardOf(model)) : forwardOf(model);
    this.#epochs = [...(resume?.history.epochs ?? [])];
    this.#step = resume?.history.steps ?? 0;
    this.#overfitting = resume?.history.overfitting ?? null;
    this.#tally = resume
      ? Tally.resume(options.metrics, resume.position, resume.tensors["epoch.outputs"])
      : new Tally(options.metrics);
    this.#interrupted = signal?.aborted === true;
    watchers.stopped = resume?.history.stopped === true;
    const { batches: stepsPerEpoch, batchSize, rows } = loader;
    this.info = {
      ...{ model, optimizer, epochs, stepsPerEpoch, rows, batchSize },
      before: this.history,
      parameters: parametersOf(model, options, data),
      summary: () => summaryOf(model, data),
    };
  }

  get history(): History {
    return {
      epochs: [...this.#epochs],
      steps: this.#step,
      stopped: this.watchers.stopped,
      interrupted: this.#interrupted,
      overfitting: this.#overfitting,
    };
  }

  async run(): Promise<void> {
    const { resume } = this.options;
    await this.watchers.start(this.info);
    if (resume) this.watchers.restore(resume.callbacks, resume.tensors);
    while (!this.#interrupted && this.#hasMore) {
      const epoch = this.#epochs.length + 1;
      await this.#learn(epoch);
      if (this.#interrupted) return;
      await this.#conclude(epoch);
    }
  }

  /** A run that was stopped within an epoch still has to conclude it. */
  get #hasMore(): boolean {
    if (this.#tally.position.batches > 0) return true;
    return this.#epochs.length < this.info.epochs && !this.watchers.stopped;
  }

  /** An epoch of steps, or as many as there are before a callback or the signal ends it. */
  async #learn(epoch: number): Promise<void> {
    const learnt = this.#tally.position.batches;
    let at = 0;
    this.model.train(true);
    for (const batch of this.data.loader.epoch(epoch)) {
      if (at++ < learnt) this.#tally.see(batch);
      else if (this.watchers.stopped || this.#interrupted) return;
      else await this.#take(batch, { epoch, step: ++this.#step });
    }
  }

  async #take(batch: Batch, place: Place): Promise<void> {
    const run = this.info;
    const wanted = this.watchers.wantStatistics(place.step);
    if (wanted) this.#statistics.begin();
    const done = this.#update(batch, place);
    this.#tally.add(batch, done);
    const { loss, learningRate } = done;
    const waiting = this.watchers.step({ run, ...place, loss, learningRate });
    if (waiting) await waiting;
    if (wanted) {
      await this.watchers.statistics({ run, ...place, parameters: this.#statistics.end() });
    }
    const saving = this.#checkpoint({ ...place, epochEnded: false });
    if (saving) await saving;
    const pause = this.#breathe();
    if (pause) await pause;
  }

  /** Judges the epoch, records it and lets the callbacks see it. */
  async #conclude(epoch: number): Promise<void> {
    const learnt = this.#tally.result();
    const judged = await this.#judge();
    const record = { epoch, ...learnt, ...judged, seconds: this.#tally.seconds };
    const run = this.info;
    this.#epochs.push(record);
    this.#tally = new Tally(this.options.metrics);
    await this.watchers.epoch({ run, ...record });
    if (!this.#overfitting) {
      const evidence = findOverfitting(this.#epochs);
      this.#overfitting = evidence;
      const message = evidence && tellOverfitting(evidence);
      if (message) await this.watchers.warning({ run, epoch, message, evidence });
    }
    const saving = this.#checkpoint({ epoch, step: this.#step, epochEnded: true });
    if (saving) await saving;
  }

  /** Loss and metrics of all rows to judge by. */
  async #judge(): Promise<Partial<EpochRecord>> {
    const { validation, evaluationSets } = this.data;
    this.model.train(false);
    const judged = validation && (await this.#evaluate(validation));
    const evaluations: [string, Evaluation][] = [];
    for (const [name, set] of evaluationSets) evaluations.push([name, await this.#evaluate(set)]);
    return {
      ...(judged && { validationLoss: judged.loss, validationMetrics: judged.metrics }),
      ...(evaluations.length > 0 && { evaluations: Object.fromEntries(evaluations) }),
    };
  }

  /** Loss and metrics, computed once over the outputs of all rows. */
  async #evaluate({ inputs, targets }: Batch): Promise<Evaluation> {
    const outputs: Tensor[] = [];
    for (const output of outputsOf(this.#forward, inputs)) {
      outputs.push(output);
      const pause = this.#breathe();
      if (pause) await pause;
    }
    const output = concatRows(outputs);
    const metrics = measure(this.options.metrics, output, targets);
    return { loss: lossOf(this.#loss, output, targets), metrics };
  }

  #checkpoint(place: Place & { readonly epochEnded: boolean }): Promise<unknown> | undefined {
    this.#interrupted = this.options.signal?.aborted === true && this.#hasMore;
    return this.watchers.checkpoint({
      run: this.info,
      ...place,
      stopped: this.watchers.stopped,
      interrupted: this.#interrupted,
      state: () => capture(this, this.#tally),
    });
  }

  get #statistics(): StatisticsProbe {
    this.#probe ??= statisticsProbe(this.model, this.options.compile ?? true);
    return this.#probe;
  }
}

function learnerOf(model: Model, loss: Loss, options: FitOptions): Learner {
  const { optimizer, batchSize = 32, accumulate = 1, l1, l2, clipNorm, clipValue } = options;
  const isClipped = clipNorm !== undefined || clipValue !== undefined;
  const clip: Learner["clip"] = (parameters) => {
    if (clipValue !== undefined) clipGradValue(parameters, clipValue);
    if (clipNorm !== undefined) clipGradNorm(parameters, clipNorm);
  };
  const rowsAtOnce = accumulate > 1 ? batchSize : undefined;
  return { model, loss, optimizer, rowsAtOnce, l1, l2, clip: isClipped ? clip : undefined };
}
