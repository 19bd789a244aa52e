import { guarded, noGrad, ShapeError, showShape, type Tensor, Variable } from "@neurite/autograd";
import { overChannels } from "../channels.js";
import { ones, zeros } from "../init.js";
import { Module, type ModuleOptions } from "../module.js";
import { checkOptions } from "../option-names.js";
import { checkCount, checkNumber } from "../options.js";
import { momentsOver, scaleAndShiftChannels, standardize } from "./statistics.js";

export interface ChannelNormOptions extends ModuleOptions {
  /** How many channels there are: axis 1 of the input. */
  readonly numFeatures: number;
  /** Added to the variance, so that nothing is divided by 0; 1e-5 by default. */
  readonly eps?: number;
  /** The share of a new batch in the running statistics; 0.1 by default. */
  readonly momentum?: number | null;
  /** Whether each channel learns a scale and a shift. */
  readonly affine?: boolean;
  /** Whether running statistics are kept, to normalise by them after `eval()`. */
  readonly trackRunningStats?: boolean;
}

const names = [
  "numFeatures",
  "eps",
  "momentum",
  "affine",
  "trackRunningStats",
  "key",
  "dtype",
] as const;

/**
 * What the normalisations by channel share: a scale, a shift, and running statistics, which
 * training collects and evaluation uses. Without them the input's own statistics are always used.
 */
export abstract class ChannelNorm extends Module {
  /** `[numFeatures]`: the scale of each channel, 1 at first. */
  readonly weight: Variable | null;
  /** `[numFeatures]`: the shift of each channel, 0 at first. */
  readonly bias: Variable | null;
  /** `[numFeatures]`: 0 at first. */
  readonly runningMean: Variable | null;
  /** `[numFeatures]`: of the unbiased variance; 1 at first. */
  readonly runningVar: Variable | null;
  /** An int32 number. */
  readonly numBatchesTracked: Variable | null;
  readonly numFeatures: number;
  readonly eps: number;
  readonly #ranks: readonly number[];
  readonly #momentum: { value: number | null } = { value: null };

  /** `ranks` are those that the input may have. */
  constructor(options: ChannelNormOptions, ranks: readonly number[]) {
    super(checkOptions(new.target.name, options, names));
    const { numFeatures, eps = 1e-5, momentum = 0.1, affine, trackRunningStats } = options;
    checkCount(this.constructor.name, "numFeatures", numFeatures);
    checkNumber(this.constructor.name, "eps", eps, { min: 0 });
    this.numFeatures = numFeatures;
    this.eps = eps;
    this.momentum = momentum;
    this.#ranks = ranks;
    const shape = [numFeatures];
    this.weight = affine ? this.parameter(shape, { init: ones }) : null;
    this.bias = affine ? this.parameter(shape, { init: zeros }) : null;
    this.runningMean = trackRunningStats ? this.buffer(shape) : null;
    this.runningVar = trackRunningStats ? this.buffer(shape, { init: ones }) : null;
    this.numBatchesTracked = trackRunningStats ? this.buffer([], { dtype: "int32" }) : null;
  }

  /** The axes over which elements are normalised together. */
  protected abstract axes(rank: number): readonly number[];

  /** What part of the running statistics the next batch replaces. */
  protected abstract share(): number | Tensor;

  /** The share of a new batch in the running statistics, in [0, 1]. */
  get momentum(): number | null {
    return guarded(this.#momentum);
  }

  set momentum(momentum: number | null) {
    if (momentum !== null) {
      checkNumber(this.constructor.name, "momentum", momentum, { min: 0, max: 1 });
    }
    this.#momentum.value = momentum;
  }

  forward(x: Tensor): Tensor {
    this.#checkInput(x);
    const { runningMean, runningVar, eps, weight, bias } = this;
    const scaled = (y: Tensor) => scaleAndShiftChannels(y, weight, bias);
    if (!this.training && runningMean && runningVar) {
      const deviation = x.sub(overChannels(runningMean, x.rank));
      return scaled(standardize(deviation, overChannels(runningVar, x.rank), eps));
    }
    const axes = this.axes(x.rank);
    const count = axes.reduce((product, axis) => product * x.shape[axis]!, 1);
    if (count <= 1) this.#refuseOneValue(x);
    const { mean, variance, deviation } = momentsOver(x, axes);
    if (this.training) noGrad(() => this.#track(mean, variance.mul(count / (count - 1))));
    return scaled(standardize(deviation, variance, eps));
  }

  #track(mean: Tensor, variance: Tensor): void {
    const { runningMean, runningVar, numBatchesTracked } = this;
    // What a functional call gives in their place is a value, which does not change.
    if (!(runningMean instanceof Variable && runningVar instanceof Variable)) return;
    if (!(numBatchesTracked instanceof Variable)) return;
    const share = this.share();
    const rest = typeof share === "number" ? 1 - share : share.neg().add(1);
    const blend = (running: Variable, found: Tensor) => {
      const own = found.reshape([-1, this.numFeatures]).mean(0);
      running.assign(running.mul(rest).add(own.mul(share)));
    };
    blend(runningMean, mean);
    blend(runningVar, variance);
  }

  #checkInput(x: Tensor): void {
    const { numFeatures } = this;
    if (this.#ranks.includes(x.rank) && x.shape[1] === numFeatures) return;
    const layouts = this.#ranks.map((rank) => `[batch, ${numFeatures}${places[rank]}]`);
    const expected = layouts.join(" or ");
    const problem = `expected shape ${expected}, got ${showShape(x.shape)}`;
    throw new ShapeError(this.constructor.name, problem, {
      shapes: [x.shape],
      axis: 1,
      fix: this.#ranks.includes(x.rank)
        ? `give the layer numFeatures: ${x.shape[1]}, or move the channels to axis 1`
        : `reshape the input to ${expected}`,
    });
  }

  #refuseOneValue(x: Tensor): never {
    const problem = `one value per channel has no variance: the input has ${showShape(x.shape)}`;
    const fix = "give a larger batch";
    throw new ShapeError(this.constructor.name, problem, {
      shapes: [x.shape],
      fix: this.runningMean ? `${fix}, or call eval() to use the running statistics` : fix,
    });
  }
}

/** The axes after the channels, by rank. */
const places: Readonly<Record<number, string>> = { 2: "", 3: ", length", 4: ", height, width" };
